/// A record as it was read.
public struct OdooRecord: Sendable, Hashable {
  /// Its model.
  public let model: ModelName
  /// Its database id.
  public let id: Int
  /// The values that were asked for, by field.
  public let values: [FieldName: FieldValue]

  /// Builds a record.
  public init(model: ModelName, id: Int, values: [FieldName: FieldValue]) {
    self.model = model
    self.id = id
    self.values = values
  }

  /// A value; nil where the field was not read.
  public subscript(field: FieldName) -> FieldValue? { values[field] }

  /// A text, html or selection's key; nil where there is none.
  public func text(_ field: FieldName) -> String? {
    switch values[field] {
    case .text(let text), .html(let text), .choice(let text): text
    default: nil
    }
  }

  /// A boolean field's value.
  public func flag(_ field: FieldName) -> Bool? {
    if case .flag(let flag) = values[field] { return flag }
    return nil
  }

  /// A whole number.
  public func integer(_ field: FieldName) -> Int? {
    if case .integer(let number) = values[field] { return number }
    return nil
  }

  /// An amount with its currency.
  public func money(_ field: FieldName) -> Monetary? {
    if case .money(let money) = values[field] { return money }
    return nil
  }

  /// A day.
  public func date(_ field: FieldName) -> OdooDate? {
    if case .date(let date) = values[field] { return date }
    return nil
  }

  /// An instant.
  public func time(_ field: FieldName) -> OdooTime? {
    if case .time(let time) = values[field] { return time }
    return nil
  }

  /// The record that a many2one field points to.
  public func link(_ field: FieldName) -> LinkedRecord? {
    if case .link(let link) = values[field] { return link }
    return nil
  }

  /// The ids of a one2many or many2many field.
  public func links(_ field: FieldName) -> [Int]? {
    if case .links(let ids) = values[field] { return ids }
    return nil
  }
}

extension OdooRecord: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Model and id.
  public var description: String { "\(model)(\(id))" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
