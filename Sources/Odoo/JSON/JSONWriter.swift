import NIOCore

/// Writes JSON with sorted keys, so that equal calls are equal bytes.
struct JSONWriter {
  private var buffer = ByteBuffer()

  static func bytes(_ value: OdooJSON) -> ByteBuffer {
    var writer = JSONWriter()
    writer.write(value)
    return writer.buffer
  }

  private mutating func write(_ value: OdooJSON) {
    switch value {
    case .null: buffer.writeStaticString("null")
    case .bool(let flag): buffer.writeStaticString(flag ? "true" : "false")
    case .int(let number): buffer.writeString(String(number))
    // JSON has no word for infinity; values are checked before they come here.
    case .double(let number): buffer.writeString(number.isFinite ? "\(number)" : "null")
    case .string(let text): write(text)
    case .array(let elements): list("[", elements, "]") { $0.write($1) }
    case .object(let members):
      list("{", members.sorted { $0.key < $1.key }, "}") { writer, member in
        writer.write(member.key)
        writer.buffer.writeStaticString(":")
        writer.write(member.value)
      }
    }
  }

  private mutating func list<Element>(
    _ open: StaticString, _ elements: [Element], _ close: StaticString,
    _ body: (inout JSONWriter, Element) -> Void
  ) {
    buffer.writeStaticString(open)
    for (index, element) in elements.enumerated() {
      if index > 0 { buffer.writeStaticString(",") }
      body(&self, element)
    }
    buffer.writeStaticString(close)
  }

  private mutating func write(_ text: String) {
    buffer.writeStaticString("\"")
    for byte in text.utf8 {
      switch byte {
      case 0x22: buffer.writeStaticString("\\\"")
      case 0x5C: buffer.writeStaticString("\\\\")
      case 0x0A: buffer.writeStaticString("\\n")
      case 0x00..<0x20:
        buffer.writeStaticString("\\u00")
        buffer.writeBytes([Self.hex[Int(byte >> 4)], Self.hex[Int(byte & 15)]])
      default: buffer.writeInteger(byte)
      }
    }
    buffer.writeStaticString("\"")
  }

  private static let hex = Array("0123456789abcdef".utf8)
}
