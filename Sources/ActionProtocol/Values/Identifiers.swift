/// The organisation whose records an action concerns: 1-100 characters, no control characters.
public struct OrgID: RawRepresentable, Hashable, Comparable, Sendable {
  /// The id as written on the wire.
  public let rawValue: String

  /// The id of the text, or nil where it breaks the rule.
  public init?(rawValue: String) {
    guard rawValue.isLine(upTo: 100) else { return nil }
    self.rawValue = rawValue
  }

  /// By UTF-8 bytes, the order in which locks on several organisations are taken.
  public static func < (left: OrgID, right: OrgID) -> Bool {
    left.rawValue.precedesByBytes(right.rawValue)
  }
}

/// The identity of an action through all its revisions: 10-100 letters, digits, `.`, `_`, `:`
/// and `-`, so that it can stand in a header and a path.
public struct ActionID: RawRepresentable, Hashable, Comparable, Sendable {
  /// The id as written on the wire.
  public let rawValue: String

  /// The id of the text, or nil where it breaks the rule.
  public init?(rawValue: String) {
    guard (10...100).contains(rawValue.utf8.count), TextFormat.identifier.accepts(rawValue) else {
      return nil
    }
    self.rawValue = rawValue
  }

  /// By UTF-8 bytes: UUIDv7 sorts by time.
  public static func < (left: ActionID, right: ActionID) -> Bool {
    left.rawValue.precedesByBytes(right.rawValue)
  }
}

/// The number of a partner (`res.partner`) in the records; positive.
public struct PartnerID: RawRepresentable, Hashable, Comparable, Sendable {
  /// The record's number.
  public let rawValue: Int64

  /// The id of the number, or nil where it is not positive.
  public init?(rawValue: Int64) {
    guard rawValue > 0 else { return nil }
    self.rawValue = rawValue
  }

  public static func < (left: PartnerID, right: PartnerID) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// What makes a proposal the same as an earlier one: 1-200 characters, unique per organisation.
public struct IdempotencyKey: RawRepresentable, Hashable, Sendable {
  /// The key as written on the wire.
  public let rawValue: String

  /// The key of the text, or nil where it is empty, too long or has control characters.
  public init?(rawValue: String) {
    guard rawValue.isLine(upTo: 200) else { return nil }
    self.rawValue = rawValue
  }

  /// A key made by one of the forms, which keep the rule.
  init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// One record of the company's books, in Odoo's terms: `account.move`, 42.
public struct RecordReference: Hashable, Comparable, Sendable {
  /// The model's name.
  public let model: String
  /// The record's number.
  public let id: Int64

  /// The record of a model and a number.
  public init(model: String, id: Int64) {
    self.model = model
    self.id = id
  }

  /// `account.move:42`.
  public var rawValue: String { model + ":" + String(id) }

  public static func < (left: RecordReference, right: RecordReference) -> Bool {
    left.model.hasSameBytes(as: right.model)
      ? left.id < right.id : left.model.precedesByBytes(right.model)
  }
}

extension String {
  /// Whether this is a line: not empty, at most so many scalars, no control characters.
  func isLine(upTo limit: Int) -> Bool {
    let measure = TextMeasure(self)
    return measure.scalars >= 1 && measure.scalars <= limit && !measure.breaksLine
  }
}
