/// A validated object, from which typed values are taken.
///
/// Every shape has been checked before, so a gap here is a difference between shape and decoder;
/// it is reported as `document.undecodable`, never trapped on. Tests hold that it does not occur.
struct Decoding {
  /// A place that a validated document should have had.
  struct Gap: Error {
    let key: String

    var issue: ProtocolIssue {
      ProtocolIssue(
        pointer: JSONPointer.root.appending(key), code: "document.undecodable",
        message: "The field passed validation but cannot be taken over.",
        remedy: "Report this document's shape: it is a fault of AIOM.")
    }
  }

  let object: JSONObject

  init(_ object: JSONObject) { self.object = object }

  init(_ value: JSONValue) throws(Gap) {
    guard case .object(let object) = value else { throw Gap(key: "object") }
    self.object = object
  }

  subscript(key: String) -> JSONValue? { object[key] }

  /// The value under a key, made by a transformation that must not fail where the key exists.
  func optional<Value>(
    _ key: String, _ make: (JSONValue) -> Value?
  ) throws(Gap) -> Value? {
    guard let raw = object[key], !raw.isNull else { return nil }
    guard let value = make(raw) else { throw Gap(key: key) }
    return value
  }

  func required<Value>(_ key: String, _ make: (JSONValue) -> Value?) throws(Gap) -> Value {
    guard let value = try optional(key, make) else { throw Gap(key: key) }
    return value
  }

  func text(_ key: String) throws(Gap) -> String { try required(key, \.stringValue) }
  func optionalText(_ key: String) throws(Gap) -> String? { try optional(key, \.stringValue) }
  func integer(_ key: String) throws(Gap) -> Int64 { try required(key, \.integerValue) }
  func optionalInteger(_ key: String) throws(Gap) -> Int64? { try optional(key, \.integerValue) }
  func number(_ key: String) throws(Gap) -> Double? { try optional(key, \.doubleValue) }

  func choice<Kind: RawRepresentable>(
    _ key: String, as kind: Kind.Type = Kind.self
  ) throws(Gap) -> Kind where Kind.RawValue == String {
    try required(key) { $0.stringValue.flatMap(Kind.init(rawValue:)) }
  }

  func optionalChoice<Kind: RawRepresentable>(
    _ key: String, as kind: Kind.Type = Kind.self
  ) throws(Gap) -> Kind? where Kind.RawValue == String {
    try optional(key) { $0.stringValue.flatMap(Kind.init(rawValue:)) }
  }

  func partner(_ key: String) throws(Gap) -> PartnerID? {
    try optional(key) { $0.integerValue.flatMap(PartnerID.init(rawValue:)) }
  }

  func instant(_ key: String) throws(Gap) -> Instant {
    try required(key) { $0.stringValue.flatMap(Instant.init(rfc3339:)) }
  }

  func optionalInstant(_ key: String) throws(Gap) -> Instant? {
    try optional(key) { $0.stringValue.flatMap(Instant.init(rfc3339:)) }
  }

  func date(_ key: String) throws(Gap) -> LocalDate? {
    try optional(key) { $0.stringValue.flatMap(LocalDate.init(iso:)) }
  }

  func nested(_ key: String) throws(Gap) -> Decoding {
    Decoding(try required(key, \.objectValue))
  }

  /// The items of an array, empty where the key is absent.
  func list<Item>(
    _ key: String, _ make: (JSONValue) throws(Gap) -> Item
  ) throws(Gap) -> [Item] {
    guard let items = try optional(key, \.arrayValue) else { return [] }
    var made: [Item] = []
    made.reserveCapacity(items.count)
    for item in items { made.append(try make(item)) }
    return made
  }

  /// The items of an array of objects, empty where the key is absent.
  func records<Item>(
    _ key: String, _ make: (Decoding) throws(Gap) -> Item
  ) throws(Gap) -> [Item] {
    try list(key) { (item) throws(Gap) in try make(Decoding(item)) }
  }
}
