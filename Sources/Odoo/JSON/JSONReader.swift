/// Reads JSON of RFC 8259 strictly, in one pass, with a bound on nesting. Whatever is not exactly one
/// value is nothing: half an answer must not become a record.
struct JSONReader {
  /// Odoo's deepest answers (an action with domains inside contexts) stay far below.
  static let deepest = 64

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0

  /// The value, or nil where the bytes are not exactly one JSON value in UTF-8.
  static func read(_ bytes: UnsafeRawBufferPointer) -> OdooJSON? {
    bytes.withMemoryRebound(to: UInt8.self) { bytes in
      var reader = JSONReader(bytes: bytes)
      guard let value = reader.value() else { return nil }
      reader.skipSpace()
      return reader.position == bytes.count ? value : nil
    }
  }

  static func read(_ text: String) -> OdooJSON? {
    Array(text.utf8).withUnsafeBytes { read($0) }
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    skipSpace()
    guard next == UInt8(ascii: scalar) else { return false }
    position += 1
    return true
  }

  private mutating func value() -> OdooJSON? {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return nested { $0.object() }
    case UInt8(ascii: "["): return nested { $0.array() }
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return literal("true", .bool(true))
    case UInt8(ascii: "f"): return literal("false", .bool(false))
    case UInt8(ascii: "n"): return literal("null", .null)
    default: return number()
    }
  }

  private mutating func nested(_ body: (inout JSONReader) -> OdooJSON?) -> OdooJSON? {
    guard depth < Self.deepest else { return nil }
    depth += 1
    defer { depth -= 1 }
    position += 1
    return body(&self)
  }

  /// A key that occurs twice makes the whole answer unreadable: nobody could say which value counts.
  private mutating func object() -> OdooJSON? {
    var members: [String: OdooJSON] = [:]
    if take("}") { return .object(members) }
    while true {
      skipSpace()
      guard let key = string(), take(":"), let value = value(),
        members.updateValue(value, forKey: key) == nil
      else { return nil }
      if take("}") { return .object(members) }
      guard take(",") else { return nil }
    }
  }

  private mutating func array() -> OdooJSON? {
    var elements: [OdooJSON] = []
    if take("]") { return .array(elements) }
    while true {
      guard let value = value() else { return nil }
      elements.append(value)
      if take("]") { return .array(elements) }
      guard take(",") else { return nil }
    }
  }

  private mutating func literal(_ text: StaticString, _ value: OdooJSON) -> OdooJSON? {
    for index in 0..<text.utf8CodeUnitCount {
      guard next == text.utf8Start[index] else { return nil }
      position += 1
    }
    return value
  }

  private mutating func number() -> OdooJSON? {
    let start = position
    if next == UInt8(ascii: "-") { position += 1 }
    guard digits() else { return nil }
    let isWhole =
      next != UInt8(ascii: ".") && next != UInt8(ascii: "e") && next != UInt8(ascii: "E")
    if next == UInt8(ascii: ".") {
      position += 1
      guard digits() else { return nil }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      position += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
      guard digits() else { return nil }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let whole = Int(text) { return .int(whole) }
    return Double(text).flatMap { $0.isFinite ? .double($0) : nil }
  }

  private mutating func digits() -> Bool {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    return position > start
  }
}

extension JSONReader {
  private mutating func string() -> String? {
    guard next == UInt8(ascii: "\"") else { return nil }
    position += 1
    let start = position
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      position += 1
    }
    let plain = bytes[start..<position]
    guard next == UInt8(ascii: "\"") else { return escapedString(Array(plain)) }
    position += 1
    return String(validating: plain, as: UTF8.self)
  }

  private mutating func escapedString(_ head: [UInt8]) -> String? {
    var units = head
    while let byte = next, byte >= 0x20 {
      position += 1
      if byte == UInt8(ascii: "\"") { return String(validating: units, as: UTF8.self) }
      if byte != UInt8(ascii: "\\") {
        units.append(byte)
      } else if let scalar = escape() {
        units.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      } else {
        return nil
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard let byte = next else { return nil }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "u"): return unicodeEscape()
    default: return nil
    }
  }

  /// A lone surrogate becomes U+FFFD: Python writes one where a text of the database holds one.
  private mutating func unicodeEscape() -> Unicode.Scalar? {
    guard let first = hexUnit() else { return nil }
    guard (0xD800...0xDBFF).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
    let mark = position
    guard next == UInt8(ascii: "\\"), position + 1 < bytes.count,
      bytes[position + 1] == UInt8(ascii: "u")
    else { return "\u{FFFD}" }
    position += 2
    guard let second = hexUnit() else { return nil }
    guard (0xDC00...0xDFFF).contains(second) else {
      position = mark
      return "\u{FFFD}"
    }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private mutating func hexUnit() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    var unit: UInt32 = 0
    for byte in bytes[position..<(position + 4)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      unit = unit << 4 | UInt32(digit)
    }
    position += 4
    return unit
  }
}
