/// The recursive descent behind `JSONReader`, over a borrowed buffer.
///
/// Depth is bounded, so recursion is too. The path is kept as a stack and becomes a pointer only
/// when an issue is found.
struct JSONParser {
  /// The end of reading; the issue is in `issues` already.
  struct Stop: Error {}

  enum Step {
    case key(String)
    case index(Int)
  }

  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  var path: [Step] = []
  var issues: [ProtocolIssue] = []
  /// Where the value of each member of the outermost object stands, in the order they were given.
  private(set) var memberRanges: [Range<Int>] = []

  /// How many issues are collected before reading stops; what follows would help nobody.
  static let issueLimit = 500

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func document() -> Result<JSONValue, ProtocolIssues> {
    do {
      skipWhitespace()
      let value = try self.value()
      skipWhitespace()
      if position < bytes.count { throw syntax("Text follows the end of the document.") }
      return issues.isEmpty ? .success(value) : .failure(ProtocolIssues(issues))
    } catch {
      return .failure(ProtocolIssues(issues))
    }
  }

  private mutating func value() throws(Stop) -> JSONValue {
    guard let byte = peek() else { throw syntax("The document ends where a value is expected.") }
    switch byte {
    case UInt8(ascii: "{"): return try nested { (parser) throws(Stop) in try parser.object() }
    case UInt8(ascii: "["): return try nested { (parser) throws(Stop) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw syntax("A value is expected here.")
    }
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(Stop) -> JSONValue
  ) throws(Stop) -> JSONValue {
    guard path.count < JSONReader.maximumDepth else {
      throw stop(
        "json.too_deep", "Arrays and objects nest deeper than \(JSONReader.maximumDepth).",
        "Flatten the document.")
    }
    return try body(&self)
  }

  private mutating func object() throws(Stop) -> JSONValue {
    var object = JSONObject()
    position += 1
    skipWhitespace()
    if take(UInt8(ascii: "}")) { return .object(object) }
    // The keys of a canonical document ascend: then none can have been there before.
    var isAscending = true
    while true {
      guard peek() == UInt8(ascii: "\"") else { throw syntax("A key in quotes is expected.") }
      let key = try string()
      skipWhitespace()
      guard take(UInt8(ascii: ":")) else { throw syntax("A colon is expected after the key.") }
      skipWhitespace()
      path.append(.key(key))
      let start = position
      let value = try self.value()
      if path.count == 1 { memberRanges.append(start..<position) }
      if let last = object.members.last, !CanonicalJSON.precedes(last.key, key) {
        isAscending = false
      }
      if isAscending || object.position(of: key) == nil {
        object.append(key, value)
      } else {
        try reportDuplicate()
      }
      path.removeLast()
      skipWhitespace()
      if take(UInt8(ascii: "}")) { return .object(object) }
      guard take(UInt8(ascii: ",")) else { throw syntax("A comma or } is expected.") }
      skipWhitespace()
    }
  }

  private mutating func array() throws(Stop) -> JSONValue {
    var items: [JSONValue] = []
    position += 1
    skipWhitespace()
    if take(UInt8(ascii: "]")) { return .array(items) }
    while true {
      path.append(.index(items.count))
      items.append(try value())
      path.removeLast()
      skipWhitespace()
      if take(UInt8(ascii: "]")) { return .array(items) }
      guard take(UInt8(ascii: ",")) else { throw syntax("A comma or ] is expected.") }
      skipWhitespace()
    }
  }

  private mutating func word(_ text: StaticString, _ value: JSONValue) throws(Stop) -> JSONValue {
    let length = text.utf8CodeUnitCount
    let word = UnsafeBufferPointer(start: text.utf8Start, count: length)
    guard position + length <= bytes.count,
      bytes[position..<position + length].elementsEqual(word)
    else { throw syntax("Only true, false and null may stand without quotes.") }
    position += length
    return value
  }

  // MARK: Bytes

  func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipWhitespace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  // MARK: Issues

  var pointer: JSONPointer {
    path.reduce(.root) { pointer, step in
      switch step {
      case .key(let key): pointer.appending(key)
      case .index(let index): pointer.appending(index)
      }
    }
  }

  mutating func report(_ code: String, _ message: String, _ remedy: String) throws(Stop) {
    issues.append(
      ProtocolIssue(pointer: pointer, code: code, message: message, remedy: remedy))
    if issues.count >= Self.issueLimit { throw Stop() }
  }

  mutating func stop(_ code: String, _ message: String, _ remedy: String) -> Stop {
    issues.append(
      ProtocolIssue(pointer: pointer, code: code, message: message, remedy: remedy))
    return Stop()
  }

  mutating func syntax(_ message: String) -> Stop {
    let before = bytes[..<min(position, bytes.count)]
    let line = before.count(where: { $0 == 0x0A }) + 1
    let column = before.reversed().prefix { $0 != 0x0A }.count + 1
    return stop(
      "json.syntax", "Line \(line), column \(column): \(message)",
      "Correct the JSON there and validate again; nothing after it was read.")
  }

  private mutating func reportDuplicate() throws(Stop) {
    try report(
      "json.duplicate_key", "The key stands twice in the same object.",
      "Keep one of the two; which one was meant cannot be guessed.")
  }
}
