/// Why a text is not JSON. Carries the place, never the text.
struct JSONSyntaxError: Error, Equatable, CustomStringConvertible {
  /// Bytes from the start.
  var offset: Int

  var description: String { "not JSON at byte \(offset)" }
}

/// Reads one JSON document (RFC 8259) from UTF-8 bytes in a single pass.
///
/// Strict where it matters to a server: no trailing bytes, no lone surrogates, no invalid UTF-8, at
/// most 64 levels.
struct JSONReader {
  static let maximumDepth = 64

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0

  /// Parses the whole of `bytes`.
  static func parse(_ bytes: some Sequence<UInt8>) throws(JSONSyntaxError) -> JSONValue {
    if let result = bytes.withContiguousStorageIfAvailable({ parseResult($0) }) {
      return try result.get()
    }
    return try Array(bytes).withUnsafeBufferPointer { parseResult($0) }.get()
  }

  private static func parseResult(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Result<JSONValue, JSONSyntaxError> {
    var reader = JSONReader(bytes: bytes)
    do throws(JSONSyntaxError) {
      return .success(try reader.document())
    } catch {
      return .failure(error)
    }
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  private mutating func document() throws(JSONSyntaxError) -> JSONValue {
    let value = try value()
    skipSpace()
    guard position == bytes.count else { throw failure }
    return value
  }

  private var failure: JSONSyntaxError { JSONSyntaxError(offset: position) }

  private var current: UInt8? {
    position < bytes.count ? bytes[position] : nil
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
        position += 1
      default: return
      }
    }
  }

  private mutating func expect(_ byte: UInt8) throws(JSONSyntaxError) {
    guard current == byte else { throw failure }
    position += 1
  }

  private mutating func value() throws(JSONSyntaxError) -> JSONValue {
    skipSpace()
    switch current {
    case UInt8(ascii: "\""): return .string(try text())
    case UInt8(ascii: "{"):
      return try nested { (reader) throws(JSONSyntaxError) in
        try reader.object()
      }
    case UInt8(ascii: "["):
      return try nested { (reader) throws(JSONSyntaxError) in
        try reader.array()
      }
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func nested(
    _ body: (inout JSONReader) throws(JSONSyntaxError) -> JSONValue
  ) throws(JSONSyntaxError) -> JSONValue {
    guard depth < Self.maximumDepth else { throw failure }
    depth += 1
    position += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func object() throws(JSONSyntaxError) -> JSONValue {
    var members: [JSONMember] = []
    skipSpace()
    if current == UInt8(ascii: "}") {
      position += 1
      return .object(members)
    }
    while true {
      skipSpace()
      let name = try text()
      skipSpace()
      try expect(UInt8(ascii: ":"))
      members.append(JSONMember(name: name, value: try value()))
      if try ends(with: UInt8(ascii: "}")) { return .object(members) }
    }
  }

  private mutating func array() throws(JSONSyntaxError) -> JSONValue {
    var items: [JSONValue] = []
    skipSpace()
    if current == UInt8(ascii: "]") {
      position += 1
      return .array(items)
    }
    while true {
      items.append(try value())
      if try ends(with: UInt8(ascii: "]")) { return .array(items) }
    }
  }

  /// After an element: a comma goes on, `closing` ends.
  private mutating func ends(with closing: UInt8) throws(JSONSyntaxError) -> Bool {
    skipSpace()
    if current == closing {
      position += 1
      return true
    }
    try expect(UInt8(ascii: ","))
    return false
  }

  private mutating func word(
    _ word: StaticString, _ value: JSONValue
  ) throws(JSONSyntaxError) -> JSONValue {
    let end = position + word.utf8CodeUnitCount
    guard end <= bytes.count else { throw failure }
    for index in 0..<word.utf8CodeUnitCount
    where bytes[position + index] != word.utf8Start[index] {
      throw failure
    }
    position = end
    return value
  }
}

// MARK: - Numbers and strings

extension JSONReader {
  private mutating func number() throws(JSONSyntaxError) -> JSONValue {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    guard let first = current, first.isDigit else { throw failure }
    skipDigits()
    guard first != UInt8(ascii: "0") || bytes[position - 1] == first else { throw failure }
    var isInteger = true
    if current == UInt8(ascii: ".") {
      isInteger = false
      position += 1
      guard current?.isDigit == true else { throw failure }
      skipDigits()
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      isInteger = false
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      guard current?.isDigit == true else { throw failure }
      skipDigits()
    }
    let digits = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger, let value = Int(digits) { return .integer(value) }
    guard let value = Double(digits), value.isFinite else { throw failure }
    return .number(value)
  }

  private mutating func skipDigits() {
    while let byte = current, byte.isDigit { position += 1 }
  }

  private mutating func text() throws(JSONSyntaxError) -> String {
    try expect(UInt8(ascii: "\""))
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        let plain = UnsafeBufferPointer(rebasing: bytes[start..<position])
        position += 1
        return try valid(plain)
      }
      if byte == UInt8(ascii: "\\") { return try escapedText(from: start) }
      guard byte >= 0x20 else { throw failure }
      position += 1
    }
    throw failure
  }

  private func valid(
    _ utf8: some Collection<UInt8>
  ) throws(JSONSyntaxError) -> String {
    guard let text = String(validating: utf8, as: UTF8.self) else { throw failure }
    return text
  }

  private mutating func escapedText(from start: Int) throws(JSONSyntaxError) -> String {
    var decoded = [UInt8](bytes[start..<position])
    var run = position
    while position < bytes.endIndex {
      let byte = bytes[position]
      guard byte >= 0x20 else { throw failure }
      position += 1
      guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
      decoded.append(contentsOf: bytes[run..<position - 1])
      if byte == UInt8(ascii: "\"") { return try valid(decoded) }
      try appendEscape(to: &decoded)
      run = position
    }
    throw failure
  }

  private mutating func appendEscape(to decoded: inout [UInt8]) throws(JSONSyntaxError) {
    guard let byte = current else { throw failure }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(byte)
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "n"): decoded.append(0x0A)
    case UInt8(ascii: "r"): decoded.append(0x0D)
    case UInt8(ascii: "t"): decoded.append(0x09)
    case UInt8(ascii: "u"): decoded.append(contentsOf: String(try escapedScalar()).utf8)
    default: throw failure
    }
  }

  private mutating func escapedScalar() throws(JSONSyntaxError) -> Unicode.Scalar {
    let unit = try hexUnit()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard (0xD800..<0xDC00).contains(unit) else { throw failure }
    try expect(UInt8(ascii: "\\"))
    try expect(UInt8(ascii: "u"))
    let low = try hexUnit()
    guard (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
    else { throw failure }
    return scalar
  }

  private mutating func hexUnit() throws(JSONSyntaxError) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = byte.hexDigit else { throw failure }
      unit = unit << 4 | UInt32(digit)
      position += 1
    }
    return unit
  }
}

extension UInt8 {
  /// Whether the byte is an ASCII digit.
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  /// Whether the byte is an ASCII letter or digit.
  var isAlphanumeric: Bool {
    isDigit || (self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z"))
  }

  /// The value of an ASCII hexadecimal digit.
  var hexDigit: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x41 + 10
    case 0x61...0x66: self - 0x61 + 10
    default: nil
    }
  }
}
