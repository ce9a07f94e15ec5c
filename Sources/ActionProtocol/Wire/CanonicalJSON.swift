/// The canonical form of JSON (RFC 8785): one byte sequence per value, so that digests agree.
///
/// No white space, keys ordered by their UTF-16 code units, numbers as ECMAScript prints them,
/// only the escapes that JSON demands. Integers that a double cannot hold are written exactly
/// (the reader refuses them), a number that is not finite as `null`.
public enum CanonicalJSON {
  /// The canonical UTF-8 bytes of a value.
  public static func encode(_ value: JSONValue) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4096)
    append(value, to: &bytes)
    return bytes
  }

  /// The canonical UTF-8 bytes of an object, some of whose values are canonical bytes already.
  ///
  /// - Parameters:
  ///   - members: in canonical order of their keys.
  ///   - capacity: about how many bytes there will be.
  static func encode(_ members: [(key: String, value: Part)], capacity: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(capacity)
    bytes.append(UInt8(ascii: "{"))
    for member in members {
      appendKey(member.key, to: &bytes)
      switch member.value {
      case .value(let value): append(value, to: &bytes)
      case .canonical(let part): bytes.append(contentsOf: part)
      }
    }
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  /// The canonical UTF-8 bytes of an object, and where each member's value stands in them.
  static func encodeOutlined(_ object: JSONObject) -> (bytes: [UInt8], outline: JSONOutline) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8192)
    var outline: JSONOutline = []
    bytes.append(UInt8(ascii: "{"))
    for member in ordered(object.members) {
      appendKey(member.key, to: &bytes)
      let start = bytes.count
      append(member.value, to: &bytes)
      outline.append((member.key, start..<bytes.count))
    }
    bytes.append(UInt8(ascii: "}"))
    return (bytes, outline)
  }

  /// A value that is written, or one that was.
  enum Part {
    case value(JSONValue)
    case canonical(ArraySlice<UInt8>)
  }

  /// The canonical form as text.
  public static func text(_ value: JSONValue) -> String {
    String(decoding: encode(value), as: UTF8.self)
  }

  /// Whether the first key sorts before the second by UTF-16 code units.
  static func precedes(_ left: String, _ right: String) -> Bool {
    let answer = left.utf8.withContiguousStorageIfAvailable { left in
      right.utf8.withContiguousStorageIfAvailable { right in precedes(left, right) }
    }
    return (answer ?? nil) ?? left.utf16.lexicographicallyPrecedes(right.utf16)
  }

  private static func precedes(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let shared = min(left.count, right.count)
    var index = 0
    while index < shared {
      let (a, b) = (left[index], right[index])
      if a != b { return utf16Rank(a) < utf16Rank(b) }
      index += 1
    }
    return left.count < right.count
  }

  /// UTF-8 order differs from UTF-16 order only where surrogate pairs (lead bytes F0-F4) meet
  /// U+E000-U+FFFF (lead bytes EE and EF): the pairs come first.
  private static func utf16Rank(_ byte: UInt8) -> UInt8 {
    byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte
  }

  private static func append(_ value: JSONValue, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    case .integer(let integer): appendInteger(integer, to: &bytes)
    case .number(let number): ECMAScriptNumber.append(number, to: &bytes)
    case .string(let text): appendString(text, to: &bytes)
    case .array(let items): appendArray(items, to: &bytes)
    case .object(let object): appendObject(object, to: &bytes)
    }
  }

  private static func appendInteger(_ value: Int64, to bytes: inout [UInt8]) {
    guard value >= 0, value < 10 else {
      bytes.append(contentsOf: String(value).utf8)
      return
    }
    bytes.append(UInt8(ascii: "0") + UInt8(value))
  }

  private static func appendArray(_ items: [JSONValue], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "["))
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(item, to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private static func appendObject(_ object: JSONObject, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    for member in ordered(object.members) {
      appendKey(member.key, to: &bytes)
      append(member.value, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// The comma before a member, where one is needed, its key and the colon.
  private static func appendKey(_ key: String, to bytes: inout [UInt8]) {
    if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
    appendString(key, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
  }

  /// The members by key; a stored canonical document is in order already and is not sorted again.
  private static func ordered(_ members: [JSONObject.Member]) -> [JSONObject.Member] {
    for index in members.indices.dropFirst()
    where !precedes(members[index - 1].key, members[index].key) {
      return members.sorted { precedes($0.key, $1.key) }
    }
    return members
  }

  static func appendString(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    let done: Void? = text.utf8.withContiguousStorageIfAvailable {
      appendEscaped($0, to: &bytes)
    }
    if done == nil {
      Array(text.utf8).withUnsafeBufferPointer { appendEscaped($0, to: &bytes) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func appendEscaped(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    var clean = 0
    for position in text.indices {
      let byte = text[position]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
        continue
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[clean..<position]))
      appendEscape(byte, to: &bytes)
      clean = position + 1
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[clean...]))
  }

  private static func appendEscape(_ byte: UInt8, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x00..<0x20:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(Digest.hexDigit(byte >> 4))
      bytes.append(Digest.hexDigit(byte & 15))
    default: bytes.append(byte)
    }
  }
}
