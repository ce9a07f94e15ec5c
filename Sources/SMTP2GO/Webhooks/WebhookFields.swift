import NIOCore

/// The fields of a post, by names in lower case with underscores.
struct WebhookFields: Sendable, Equatable {
  /// The value of `event`, as posted.
  let name: String
  private let values: [String: JSON]

  static func parse(
    _ body: [UInt8], contentType: String?
  ) throws(WebhookEventFault) -> WebhookFields {
    guard let first = body.first(where: { $0 > 0x20 }) else { throw .empty }
    let isJSON = first == UInt8(ascii: "{") || first == 0xEF
    let saysForm = contentType?.lowercased().contains("form-urlencoded") ?? false
    if isJSON, let members = JSONReader.read(ByteBuffer(bytes: body))?.members {
      return try WebhookFields(members)
    }
    guard saysForm || (!isJSON && body.contains(UInt8(ascii: "="))) else { throw .unreadable }
    return try WebhookFields(FormReader.read(body))
  }

  /// Of a name that occurs twice, a form's values make a list; in JSON the first counts.
  private init(_ members: [JSON.Member]) throws(WebhookEventFault) {
    var values: [String: JSON] = [:]
    for member in members where member.value != .null {
      let key = Self.normal(member.key)
      if values[key] == nil { values[key] = member.value }
    }
    guard let name = values["event"]?.nonEmptyText else { throw .noEvent }
    self.name = name
    self.values = values
  }

  /// The first of several fields that is there and not empty.
  func text(_ names: String...) -> String? {
    for name in names {
      let value = values[Self.normal(name)]
      if let text = value?.nonEmptyText ?? value?.array?.first?.nonEmptyText { return text }
    }
    return nil
  }

  /// A list, also one that is written as a text with commas or semicolons.
  func list(_ name: String) -> [String] {
    let texts = values[Self.normal(name)]?.texts ?? []
    return texts.flatMap { text in
      text.split(whereSeparator: { ",;".contains($0) }).map(Self.trimmed)
        .filter { !$0.isEmpty }
    }
  }

  func time(_ names: String...) -> VendorTime? {
    for name in names {
      if let text = text(name) { return VendorTime(text) }
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while let first = text.first, " []'\"".contains(first) { text.removeFirst() }
    while let last = text.last, " []'\"".contains(last) { text.removeLast() }
    return String(text)
  }

  private static func normal(_ name: String) -> String {
    var name = name.lowercased()
    name.replace("-", with: "_")
    return name
  }
}

/// Reads `application/x-www-form-urlencoded`.
enum FormReader {
  /// The fields in their order. Those that occur more than once, and those whose name ends in `[]`
  /// or `[0]`, become lists.
  static func read(_ body: [UInt8]) -> [JSON.Member] {
    var order: [String] = []
    var values: [String: [JSON]] = [:]
    var lists: Set<String> = []
    for pair in body.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      var name = decoded(parts[0])
      if name.hasSuffix("]"), let bracket = name.lastIndex(of: "[") {
        name = String(name[..<bracket])
        lists.insert(name)
      }
      if values[name] == nil { order.append(name) }
      values[name, default: []].append(.string(parts.count > 1 ? decoded(parts[1]) : ""))
    }
    return order.map { name in
      let all = values[name] ?? []
      let isList = all.count > 1 || lists.contains(name)
      return JSON.Member(key: name, value: isList ? .array(all) : all.first ?? .null)
    }
  }

  /// A percent sign without two hexadecimal digits stands for itself.
  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex,
        let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
