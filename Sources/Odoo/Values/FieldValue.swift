/// A record that another record points to.
public struct LinkedRecord: Sendable, Hashable {
  /// The database id.
  public let id: Int
  /// The name shown to the user, in the language of the context: to show, never to compare.
  public let name: String

  /// Builds a reference.
  public init(id: Int, name: String) {
    self.id = id
    self.name = name
  }
}

/// An amount with the currency it is in.
public struct Monetary: Sendable, Hashable {
  /// As the server computes it: a binary floating-point number, rounded by the server to the
  /// currency's digits.
  public let amount: Double
  /// Nil where the record has none, or where the currency's field was not read.
  public let currency: LinkedRecord?

  /// Builds an amount.
  public init(amount: Double, currency: LinkedRecord?) {
    self.amount = amount
    self.currency = currency
  }

  /// The amount in the currency's smallest units, rounded half away from zero.
  /// - Parameter decimalPlaces: `res.currency.decimal_places`, 0 to 6.
  /// - Returns: nil where it does not fit.
  public func minorUnits(decimalPlaces: Int) -> Int64? {
    guard (0...6).contains(decimalPlaces) else { return nil }
    let factor = [1.0, 10, 100, 1000, 10_000, 100_000, 1_000_000][decimalPlaces]
    return Int64(exactly: (amount * factor).rounded(.toNearestOrAwayFromZero))
  }
}

/// The value of a field, by the field's kind. Odoo writes "nothing" as `false`; here it is `nothing`,
/// and a boolean's false stays a value.
public enum FieldValue: Sendable, Hashable {
  /// Empty.
  case nothing
  /// Of a boolean field.
  case flag(Bool)
  /// Of an integer field.
  case integer(Int)
  /// Of a float field.
  case number(Double)
  /// Of a monetary field.
  case money(Monetary)
  /// Of a char or text field.
  case text(String)
  /// Of an html field, as the server sanitised it.
  case html(String)
  /// The key of a selection.
  case choice(String)
  /// Of a date field.
  case date(OdooDate)
  /// Of a datetime field.
  case time(OdooTime)
  /// Of a many2one field.
  case link(LinkedRecord)
  /// Of a one2many or many2many field: ids in the server's order.
  case links([Int])
  /// Of a field of any other kind.
  case other(OdooJSON)

  /// Reads a value as a field of the given kind writes it.
  /// - Returns: nil where it is of another type.
  init?(_ json: OdooJSON, kind: FieldKind) {
    if json == .bool(false), kind != .boolean, kind != .other {
      self = .nothing
      return
    }
    guard let value = Self.read(json, kind) else { return nil }
    self = value
  }

  private static func read(_ json: OdooJSON, _ kind: FieldKind) -> FieldValue? {
    switch kind {
    case .boolean: json.flag.map { .flag($0) }
    case .integer: json.integer.map { .integer($0) }
    case .many2oneReference: json.integer.map { $0 == 0 ? .nothing : .integer($0) }
    case .float: json.number.map { .number($0) }
    case .monetary: json.number.map { .money(Monetary(amount: $0, currency: nil)) }
    case .char, .text, .reference: json.text.map { .text($0) }
    case .html: json.text.map { .html($0) }
    case .selection: choice(json)
    case .date: json.text.flatMap { OdooDate($0) }.map { .date($0) }
    case .datetime: json.text.flatMap { OdooTime($0) }.map { .time($0) }
    case .many2one: link(json)
    case .one2many, .many2many: json.ids.map { .links($0) }
    case .other: .other(json)
    }
  }

  /// Keys are texts; a few models of old versions have whole numbers.
  private static func choice(_ json: OdooJSON) -> FieldValue? {
    if case .int(let number) = json { return .choice(String(number)) }
    return json.text.map { .choice($0) }
  }

  /// `[id, "name"]`, or the bare id where it was asked for. The name of a record that the user may
  /// not see can be `false`.
  private static func link(_ json: OdooJSON) -> FieldValue? {
    if let id = json.id { return .link(LinkedRecord(id: id, name: "")) }
    guard let pair = json.elements, pair.count == 2, let id = pair[0].id else { return nil }
    if pair[1] == .bool(false) { return .link(LinkedRecord(id: id, name: "")) }
    return pair[1].text.map { .link(LinkedRecord(id: id, name: $0)) }
  }
}

extension LinkedRecord: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The id only.
  public var description: String { "LinkedRecord(\(id))" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Monetary: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "Monetary(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension FieldValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only: a value is what a record says.
  public var description: String { "FieldValue(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
