/// A value to be written, by the kind of field it is meant for.
public enum NewValue: Sendable, Hashable {
  /// Empties the field; not for booleans and numbers.
  case nothing
  /// For a boolean field.
  case flag(Bool)
  /// For an integer, float or monetary field.
  case integer(Int)
  /// For a float or monetary field; finite.
  case number(Double)
  /// For a char or text field.
  case text(String)
  /// For an html field. The server sanitises it.
  case html(String)
  /// The key of a selection.
  case choice(String)
  /// For a date field.
  case date(OdooDate)
  /// For a datetime field.
  case time(OdooTime)
  /// The id of the record that a many2one field shall point to.
  case link(Int)
  /// What is to become of a one2many or many2many field.
  case links([LinkCommand])

  var json: OdooJSON {
    switch self {
    case .nothing: .bool(false)
    case .flag(let flag): .bool(flag)
    case .integer(let number): .int(number)
    case .number(let number): .double(number)
    case .text(let text), .html(let text), .choice(let text): .string(text)
    case .date(let date): .string(date.description)
    case .time(let time): .string(time.description)
    case .link(let id): .int(id)
    case .links(let commands): .array(commands.map(\.json))
    }
  }

  /// Whether a field of the given kind takes the value as it is meant.
  func suits(_ field: ModelField) -> Bool {
    switch (self, field.kind) {
    case (_, .other), (.flag, .boolean), (.integer, .integer), (.integer, .float),
      (.integer, .monetary), (.text, .char), (.text, .text), (.html, .html), (.date, .date),
      (.time, .datetime), (.integer, .many2oneReference), (.text, .reference):
      true
    case (.number(let number), .float), (.number(let number), .monetary): number.isFinite
    case (.choice(let key), .selection): field.choices.isEmpty || field.choices.contains(key)
    case (.link(let id), .many2one): id > 0
    case (.links(let commands), .one2many), (.links(let commands), .many2many):
      commands.allSatisfy(\.isSendable)
    case (.nothing, let kind):
      ![.boolean, .integer, .float, .monetary, .one2many, .many2many].contains(kind)
    default: false
    }
  }
}

/// A change of a one2many or many2many field.
public enum LinkCommand: Sendable, Hashable {
  /// Creates a record there.
  case create([FieldName: NewValue])
  /// Changes a linked record.
  case update(Int, [FieldName: NewValue])
  /// Takes a record out and deletes it.
  case delete(Int)
  /// Takes a record out.
  case unlink(Int)
  /// Puts a record in.
  case link(Int)
  /// Takes all records out.
  case clear
  /// Puts these records in the place of all others.
  case replace([Int])

  var json: OdooJSON {
    switch self {
    case .create(let values): [0, 0, .fields(values)]
    case .update(let id, let values): [1, .int(id), .fields(values)]
    case .delete(let id): [2, .int(id), 0]
    case .unlink(let id): [3, .int(id), 0]
    case .link(let id): [4, .int(id), 0]
    case .clear: [5, 0, 0]
    case .replace(let ids): [6, 0, .array(ids.map { .int($0) })]
    }
  }

  var isSendable: Bool {
    switch self {
    case .create, .clear: true
    case .update(let id, _), .delete(let id), .unlink(let id), .link(let id): id > 0
    case .replace(let ids): ids.allSatisfy { $0 > 0 }
    }
  }
}

extension OdooJSON {
  /// Values of a record to be written.
  static func fields(_ values: [FieldName: NewValue]) -> OdooJSON {
    .object(Dictionary(uniqueKeysWithValues: values.map { ($0.key.text, $0.value.json) }))
  }

  /// False where a number in it is not finite: JSON has no word for it.
  var isWritable: Bool {
    switch self {
    case .double(let number): number.isFinite
    case .array(let elements): elements.allSatisfy(\.isWritable)
    case .object(let members): members.values.allSatisfy(\.isWritable)
    default: true
    }
  }
}

extension NewValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "NewValue(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension LinkCommand: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "LinkCommand(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
