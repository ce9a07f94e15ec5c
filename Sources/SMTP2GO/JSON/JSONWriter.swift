import NIOCore

/// Writes the JSON of one request. Texts go straight into the buffer that goes on the wire; large
/// files stay where they are and are read when their turn comes.
struct JSONWriter {
  /// Contents up to this size are encoded into the buffer, larger ones are streamed.
  static let inlineLimit = 64 * 1024

  private var buffer: ByteBuffer
  private var finished: [any ByteSource] = []
  private var needsComma = false

  init(capacity: Int = 512) {
    buffer = ByteBuffer()
    buffer.reserveCapacity(capacity)
  }

  /// What was written.
  var body: RequestBody {
    var sources = finished
    sources.append(BufferSource(buffer))
    return RequestBody(JoinedSource(sources))
  }

  /// The body of a request with fields.
  static func object(capacity: Int = 512, _ fields: (inout JSONWriter) -> Void) -> RequestBody {
    var writer = JSONWriter(capacity: capacity)
    writer.object(fields)
    return writer.body
  }

  mutating func object(_ body: (inout JSONWriter) -> Void) {
    open("{")
    body(&self)
    close("}")
  }

  mutating func array<Element>(_ elements: [Element], _ body: (inout JSONWriter, Element) -> Void) {
    open("[")
    for element in elements { body(&self, element) }
    close("]")
  }

  /// Names the next value; to be followed by exactly one value.
  mutating func key(_ name: StaticString) {
    separate()
    byte("\"")
    buffer.writeStaticString(name)
    buffer.writeStaticString("\":")
    needsComma = false
  }

  /// Names the next value by a name that is not fixed.
  mutating func key(named name: String) {
    string(name)
    byte(":")
    needsComma = false
  }

  mutating func string(_ text: String) {
    separate()
    byte("\"")
    var text = text
    text.withUTF8 { Self.escape($0, into: &buffer) }
    byte("\"")
    needsComma = true
  }

  mutating func bool(_ value: Bool) {
    separate()
    buffer.writeStaticString(value ? "true" : "false")
    needsComma = true
  }

  mutating func integer(_ value: Int) {
    separate()
    buffer.writeString(String(value))
    needsComma = true
  }

  /// A finite number.
  mutating func number(_ value: Double) {
    separate()
    buffer.writeString(Int(exactly: value).map { String($0) } ?? String(value))
    needsComma = true
  }

  mutating func base64(_ content: any ByteSource) {
    separate()
    byte("\"")
    if let bytes = (content as? ArraySource)?.bytes, bytes.count <= Self.inlineLimit {
      Base64.write(bytes, into: &buffer)
    } else {
      finished.append(BufferSource(buffer))
      finished.append(Base64Source(content))
      buffer = ByteBuffer()
    }
    byte("\"")
    needsComma = true
  }

  private mutating func open(_ bracket: Unicode.Scalar) {
    separate()
    byte(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: Unicode.Scalar) {
    byte(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { byte(",") }
  }

  private mutating func byte(_ scalar: Unicode.Scalar) {
    buffer.writeInteger(UInt8(ascii: scalar))
  }

  /// Copies runs of ordinary bytes whole and escapes what RFC 8259 section 7 asks for.
  private static func escape(_ bytes: UnsafeBufferPointer<UInt8>, into buffer: inout ByteBuffer) {
    var start = 0
    var index = 0
    while index < bytes.count {
      if isOrdinary(bytes, at: index) {
        index += 8
        continue
      }
      defer { index += 1 }
      let byte = bytes[index]
      guard byte < 0x20 || byte == 0x22 || byte == 0x5C else { continue }
      buffer.writeBytes(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start..<index])))
      start = index + 1
      switch byte {
      case 0x0A: buffer.writeStaticString("\\n")
      case 0x09: buffer.writeStaticString("\\t")
      case 0x0D: buffer.writeStaticString("\\r")
      case 0x22, 0x5C: buffer.writeInteger(0x5C00 | UInt16(byte))
      default:
        buffer.writeStaticString("\\u00")
        buffer.writeInteger(UInt16(hex[Int(byte >> 4)]) << 8 | UInt16(hex[Int(byte & 15)]))
      }
    }
    buffer.writeBytes(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start...])))
  }

  /// Whether none of the next eight bytes has to be escaped. In one word: the highest bit of a byte is
  /// set in `small` where the byte is below 0x20, in the others where it is a quote or a backslash; a
  /// byte next to such a one may be taken for one.
  private static func isOrdinary(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    guard index + 8 <= bytes.count else { return false }
    let word = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self)
    let small = (word &- 0x2020_2020_2020_2020) & ~word
    let quote = word ^ 0x2222_2222_2222_2222
    let slash = word ^ 0x5C5C_5C5C_5C5C_5C5C
    let special =
      (quote &- 0x0101_0101_0101_0101) & ~quote | (slash &- 0x0101_0101_0101_0101) & ~slash
    return (small | special) & 0x8080_8080_8080_8080 == 0
  }

  private static let hex = Array("0123456789abcdef".utf8)
}
