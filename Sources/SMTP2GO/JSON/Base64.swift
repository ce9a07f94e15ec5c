import NIOCore

/// Base64 of RFC 4648 section 4, written into the request without a copy in between.
enum Base64 {
  static func length(of count: Int) -> Int { (count + 2) / 3 * 4 }

  static func write(_ bytes: [UInt8], into buffer: inout ByteBuffer) {
    bytes.withUnsafeBytes { write($0, into: &buffer) }
  }

  static func write(_ bytes: UnsafeRawBufferPointer, into buffer: inout ByteBuffer) {
    let length = length(of: bytes.count)
    buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: length) { target in
      encode(bytes, into: target)
      return length
    }
  }

  private static func encode(
    _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) {
    alphabet.withUnsafeBufferPointer { alphabet in
      var (from, to) = (0, 0)
      while from + 2 < source.count {
        let group = Int(source[from]) << 16 | Int(source[from + 1]) << 8 | Int(source[from + 2])
        target[to] = alphabet[group >> 18]
        target[to + 1] = alphabet[group >> 12 & 63]
        target[to + 2] = alphabet[group >> 6 & 63]
        target[to + 3] = alphabet[group & 63]
        from += 3
        to += 4
      }
      guard from < source.count else { return }
      let hasTwo = from + 1 < source.count
      let group = Int(source[from]) << 16 | (hasTwo ? Int(source[from + 1]) << 8 : 0)
      target[to] = alphabet[group >> 18]
      target[to + 1] = alphabet[group >> 12 & 63]
      target[to + 2] = hasTwo ? alphabet[group >> 6 & 63] : padding
      target[to + 3] = padding
    }
  }

  private static let padding = UInt8(ascii: "=")
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
}
