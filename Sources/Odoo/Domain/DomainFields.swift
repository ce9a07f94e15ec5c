extension Domain {
  static func leaf(_ field: FieldName, _ operation: String, _ value: OdooJSON) -> Domain {
    Domain(.leaf(path: field.text, operation: operation, value: value))
  }

  /// The database id.
  public static var id: IDField { IDField() }
  /// A char, text or html field.
  public static func text(_ field: FieldName) -> TextField { TextField(field: field) }
  /// A selection.
  public static func choice(_ field: FieldName) -> ChoiceField { ChoiceField(field: field) }
  /// An integer field, or the id of a record in a plain integer (`res_id`).
  public static func integer(_ field: FieldName) -> IntegerField { IntegerField(field: field) }
  /// A float or monetary field.
  public static func number(_ field: FieldName) -> NumberField { NumberField(field: field) }
  /// A boolean field.
  public static func flag(_ field: FieldName) -> FlagField { FlagField(field: field) }
  /// A date field.
  public static func date(_ field: FieldName) -> DateField { DateField(field: field) }
  /// A datetime field.
  public static func time(_ field: FieldName) -> TimeField { TimeField(field: field) }
  /// A many2one, one2many or many2many field.
  public static func link(_ field: FieldName) -> LinkField { LinkField(field: field) }
}

/// Conditions on the database id.
public struct IDField: Sendable {
  /// One of these; of none, no record.
  public func isOneOf(_ ids: [Int]) -> Domain { .leaf("id", "in", .array(ids.map { .int($0) })) }
  /// This record.
  public func `is`(_ id: Int) -> Domain { .leaf("id", "=", .int(id)) }
  /// Later made than this one: the condition of the next page.
  public func isAfter(_ id: Int) -> Domain { .leaf("id", ">", .int(id)) }
}

/// Conditions on a text.
public struct TextField: Sendable {
  let field: FieldName

  /// Exactly this text.
  public func `is`(_ text: String) -> Domain { .leaf(field, "=", .string(text)) }
  /// Another text, or none.
  public func isNot(_ text: String) -> Domain { .leaf(field, "!=", .string(text)) }
  /// One of these texts.
  public func isOneOf(_ texts: [String]) -> Domain {
    .leaf(field, "in", .array(texts.map { .string($0) }))
  }
  /// This text somewhere in it, in any case of letters. `%`, `_` and `\` mean themselves.
  public func contains(_ text: String) -> Domain {
    .leaf(field, "ilike", .string(Self.literally(text)))
  }
  /// No text.
  public var isEmpty: Domain { .leaf(field, "=", .bool(false)) }
  /// Some text.
  public var isSet: Domain { .leaf(field, "!=", .bool(false)) }

  /// Without its meaning as a pattern.
  private static func literally(_ text: String) -> String {
    var result = ""
    for character in text {
      if character == "\\" || character == "%" || character == "_" { result.append("\\") }
      result.append(character)
    }
    return result
  }
}

/// Conditions on a selection, by key.
public struct ChoiceField: Sendable {
  let field: FieldName

  /// This key.
  public func `is`(_ key: String) -> Domain { .leaf(field, "=", .string(key)) }
  /// Another key, or none.
  public func isNot(_ key: String) -> Domain { .leaf(field, "!=", .string(key)) }
  /// One of these keys.
  public func isOneOf(_ keys: [String]) -> Domain {
    .leaf(field, "in", .array(keys.map { .string($0) }))
  }
  /// None of these keys.
  public func isNoneOf(_ keys: [String]) -> Domain {
    .leaf(field, "not in", .array(keys.map { .string($0) }))
  }
  /// No key.
  public var isEmpty: Domain { .leaf(field, "=", .bool(false)) }
  /// Some key.
  public var isSet: Domain { .leaf(field, "!=", .bool(false)) }
}

/// Conditions on a whole number.
public struct IntegerField: Sendable {
  let field: FieldName

  /// Equal.
  public func `is`(_ number: Int) -> Domain { .leaf(field, "=", .int(number)) }
  /// One of these.
  public func isOneOf(_ numbers: [Int]) -> Domain {
    .leaf(field, "in", .array(numbers.map { .int($0) }))
  }
  /// Less.
  public func isLess(than number: Int) -> Domain { .leaf(field, "<", .int(number)) }
  /// More.
  public func isMore(than number: Int) -> Domain { .leaf(field, ">", .int(number)) }
}

/// Conditions on a number with a fraction. There is no "equal": the server compares binary numbers.
public struct NumberField: Sendable {
  let field: FieldName

  /// Less.
  public func isLess(than number: Double) -> Domain { .leaf(field, "<", .double(number)) }
  /// More.
  public func isMore(than number: Double) -> Domain { .leaf(field, ">", .double(number)) }
}

/// Conditions on a boolean.
public struct FlagField: Sendable {
  let field: FieldName

  /// Equal; a boolean that was never written counts as false.
  public func `is`(_ flag: Bool) -> Domain { .leaf(field, "=", .bool(flag)) }
}

/// Conditions on a day.
public struct DateField: Sendable {
  let field: FieldName

  /// This day.
  public func `is`(_ date: OdooDate) -> Domain { leaf("=", date) }
  /// Before this day.
  public func isBefore(_ date: OdooDate) -> Domain { leaf("<", date) }
  /// After this day.
  public func isAfter(_ date: OdooDate) -> Domain { leaf(">", date) }
  /// This day or later.
  public func isOnOrAfter(_ date: OdooDate) -> Domain { leaf(">=", date) }
  /// This day or earlier.
  public func isOnOrBefore(_ date: OdooDate) -> Domain { leaf("<=", date) }
  /// No day.
  public var isEmpty: Domain { .leaf(field, "=", .bool(false)) }
  /// Some day.
  public var isSet: Domain { .leaf(field, "!=", .bool(false)) }

  private func leaf(_ operation: String, _ date: OdooDate) -> Domain {
    .leaf(field, operation, .string(date.description))
  }
}

/// Conditions on an instant. There is no "equal": the database holds parts of a second that reading
/// drops.
public struct TimeField: Sendable {
  let field: FieldName

  /// Before this instant.
  public func isBefore(_ time: OdooTime) -> Domain { leaf("<", time) }
  /// This instant or earlier.
  public func isAtOrBefore(_ time: OdooTime) -> Domain { leaf("<=", time) }
  /// After this instant.
  public func isAfter(_ time: OdooTime) -> Domain { leaf(">", time) }
  /// This instant or later.
  public func isAtOrAfter(_ time: OdooTime) -> Domain { leaf(">=", time) }
  /// No instant.
  public var isEmpty: Domain { .leaf(field, "=", .bool(false)) }
  /// Some instant.
  public var isSet: Domain { .leaf(field, "!=", .bool(false)) }

  private func leaf(_ operation: String, _ time: OdooTime) -> Domain {
    .leaf(field, operation, .string(time.description))
  }
}

/// Conditions on a relation, by id: names are translated and not unique.
public struct LinkField: Sendable {
  let field: FieldName

  /// Points to this record; of a list, holds it.
  public func `is`(_ id: Int) -> Domain { .leaf(field, "=", .int(id)) }
  /// Points to one of these; of a list, holds one of them.
  public func isOneOf(_ ids: [Int]) -> Domain { .leaf(field, "in", .array(ids.map { .int($0) })) }
  /// Points to none of these, or to nothing.
  public func isNoneOf(_ ids: [Int]) -> Domain {
    .leaf(field, "not in", .array(ids.map { .int($0) }))
  }
  /// This record or one below it in the model's own tree.
  public func isWithin(_ id: Int) -> Domain { .leaf(field, "child_of", .int(id)) }
  /// Points to nothing.
  public var isEmpty: Domain { .leaf(field, "=", .bool(false)) }
  /// Points to something.
  public var isSet: Domain { .leaf(field, "!=", .bool(false)) }
}
