import Foundation

extension PayloadReader {
  func date(_ name: String) throws(VendorRefusal) -> Date? {
    guard let text = try string(name) else { return nil }
    guard let date = VendorDate.parse(text) else {
      throw Self.wrongType(name, "date", .string(text))
    }
    return date
  }

  /// One text or several: the examples and the schemas of some fields disagree.
  func oneOrMore(_ name: String) throws(VendorRefusal) -> [String] {
    guard let value = present(name) else { return [] }
    if let text = value.string { return [text] }
    return try strings(name)
  }

  /// A text of a closed list.
  func choice(_ name: String, from allowed: [String]) throws(VendorRefusal) -> String? {
    guard let text = try string(name) else { return nil }
    guard allowed.contains(text) else {
      let list = "[" + allowed.map { "'\($0)'" }.joined(separator: ", ") + "]"
      throw .payload(
        name,
        "was expecting a value from the allowed list \(list) but instead found '\(text)'")
    }
    return text
  }

  func requiredInteger(_ name: String) throws(VendorRefusal) -> Int {
    guard let value = present(name) else { throw Self.missing(name) }
    guard let number = value.integer ?? value.string.flatMap({ Int($0) }) else {
      throw Self.wrongType(name, "integer", value)
    }
    return number
  }

  /// The page that `continue_token` asks for; it belongs to the search that gave it.
  func page(at now: Date) throws(VendorRefusal) -> ContinueToken {
    let fingerprint = ContinueToken.fingerprint(of: body)
    guard let text = try string("continue_token") else {
      return ContinueToken(offset: 0, asOf: now, fingerprint: fingerprint)
    }
    guard let token = ContinueToken(text), token.fingerprint == fingerprint else {
      throw .business("The continue_token is not valid for these search parameters")
    }
    return token
  }
}

extension ContinueToken {
  /// One page of all that was found, and the token of the next.
  func cut<Item>(_ found: [Item], limit: Int) -> (shown: ArraySlice<Item>, next: JSONValue) {
    let shown = found.dropFirst(offset).prefix(limit)
    let end = offset + shown.count
    guard end < found.count, !shown.isEmpty else { return (shown, .null) }
    let next = ContinueToken(offset: end, asOf: asOf, fingerprint: fingerprint)
    return (shown, .string(next.text))
  }
}
