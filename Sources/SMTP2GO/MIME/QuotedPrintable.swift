import NIOCore

/// Quoted-printable of RFC 2045 section 6.7 for text: lines end in CRLF, however they were written.
enum QuotedPrintable {
  /// The most characters of a line, a soft break's sign included.
  private static let longest = 76
  private static let hex = Array("0123456789ABCDEF".utf8)

  static func encode(_ text: String) -> ByteBuffer {
    var result = ByteBuffer()
    result.reserveCapacity(text.utf8.count + text.utf8.count / 8)
    let bytes = Array(text.utf8)
    var start = 0
    while start <= bytes.count {
      let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      encode(bytes[start..<end], into: &result)
      guard end < bytes.count else { break }
      result.writeStaticString("\r\n")
      let isPair = bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A
      start = end + (isPair ? 2 : 1)
    }
    return result
  }

  private static func encode(_ line: ArraySlice<UInt8>, into result: inout ByteBuffer) {
    var length = 0
    for index in line.indices {
      let isLast = index == line.endIndex - 1
      let width = isPlain(line[index], isFirst: length == 0, isLast: isLast) ? 1 : 3
      if length + width > longest - (isLast ? 0 : 1) {
        result.writeStaticString("=\r\n")
        length = 0
      }
      length += write(
        line[index], plain: isPlain(line[index], isFirst: length == 0, isLast: isLast),
        into: &result)
    }
  }

  private static func write(_ byte: UInt8, plain: Bool, into result: inout ByteBuffer) -> Int {
    if plain { return result.writeInteger(byte) }
    return result.writeBytes([UInt8(ascii: "="), hex[Int(byte >> 4)], hex[Int(byte & 15)]])
  }

  /// A space or tab at a line's end would be lost on the way; a dot at its beginning could be.
  private static func isPlain(_ byte: UInt8, isFirst: Bool, isLast: Bool) -> Bool {
    switch byte {
    case 0x3D: false
    case 0x2E: !isFirst
    case 0x20, 0x09: !isLast
    default: byte > 0x20 && byte < 0x7F
    }
  }
}
