/// Reads the fields of a request with the vendor's complaints.
///
/// Absent means missing, `null`, `""`, `[]` or `{}`: official clients send these for what their
/// caller left out.
struct PayloadReader {
  let body: JSONValue

  func present(_ name: String) -> JSONValue? {
    guard let value = body[name], !value.isAbsent else { return nil }
    return value
  }

  func string(_ name: String) throws(VendorRefusal) -> String? {
    guard let value = present(name) else { return nil }
    guard let text = value.string else { throw Self.wrongType(name, "string", value) }
    return text
  }

  func requiredString(_ name: String) throws(VendorRefusal) -> String {
    guard let text = try string(name) else { throw Self.missing(name) }
    return text
  }

  func bool(_ name: String) throws(VendorRefusal) -> Bool {
    guard let value = present(name) else { return false }
    guard let flag = value.bool else { throw Self.wrongType(name, "boolean", value) }
    return flag
  }

  func integer(_ name: String, in range: ClosedRange<Int>, default standard: Int)
    throws(VendorRefusal) -> Int
  {
    guard let value = present(name) else { return standard }
    guard let number = value.integer else { throw Self.wrongType(name, "integer", value) }
    guard range.contains(number) else {
      throw .payload(
        name,
        "was expecting a value between \(range.lowerBound) and \(range.upperBound) but instead "
          + "found '\(number)'")
    }
    return number
  }

  func strings(_ name: String, upTo maximum: Int? = nil) throws(VendorRefusal) -> [String] {
    guard let value = present(name) else { return [] }
    guard let items = value.array, items.allSatisfy({ $0.string != nil }) else {
      throw Self.wrongType(name, "array of strings", value)
    }
    if let maximum, items.count > maximum {
      throw .payload(
        name, "was expecting at most \(maximum) entries but instead found \(items.count)")
    }
    return value.strings
  }

  /// Values of a closed list.
  func choices(_ name: String, from allowed: [String]) throws(VendorRefusal) -> [String] {
    let values = try strings(name)
    guard values.allSatisfy(allowed.contains) else {
      throw .payload(
        name,
        "was expecting a value from the allowed list \(Self.list(allowed)) but instead found "
          + "'\(Self.list(values))'")
    }
    return values
  }

  func mailboxes(_ name: String) throws(VendorRefusal) -> [String] {
    let entries = try strings(name, upTo: 100)
    for entry in entries { try Self.checkMailbox(entry, name) }
    return entries
  }

  static func checkMailbox(_ text: String, _ name: String) throws(VendorRefusal) {
    guard AddressSyntax.isMailbox(text) else {
      throw .payload(
        name, "was expecting a valid RFC-822 formatted email field but found '\(text)'")
    }
  }

  static func missing(_ name: String) -> VendorRefusal {
    .payload(name, "is required but was not found")
  }

  static func wrongType(_ name: String, _ expected: String, _ found: JSONValue) -> VendorRefusal {
    .payload(name, "was expecting a valid \(expected) but found '\(String(found.text.prefix(80)))'")
  }

  private static func list(_ values: [String]) -> String {
    "[" + values.map { "'\($0)'" }.joined(separator: ", ") + "]"
  }
}
