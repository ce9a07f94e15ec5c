/// What a field holds, as `fields_get` names it.
public enum FieldKind: String, Sendable, Hashable, CaseIterable {
  /// True or false; false is a value here.
  case boolean
  /// A whole number.
  case integer
  /// A number with a fraction.
  case float
  /// A number in the currency that another field names.
  case monetary
  /// One line of text.
  case char
  /// Text of several lines.
  case text
  /// HTML, sanitised by the server.
  case html
  /// One of the keys that the field lists.
  case selection
  /// A day.
  case date
  /// An instant in UTC.
  case datetime
  /// One record of another model.
  case many2one
  /// Records of another model that point here.
  case one2many
  /// Records of another model.
  case many2many
  /// An id of a record whose model another field names.
  case many2oneReference = "many2one_reference"
  /// A record of any model, as `model,id`.
  case reference
  /// Everything else: `binary`, `json`, `properties`, `serialized` and what is to come.
  case other

  init(serverName: String) { self = FieldKind(rawValue: serverName) ?? .other }
}

/// A field as the server describes it.
public struct ModelField: Sendable, Hashable {
  /// Its technical name.
  public let name: FieldName
  /// What it holds.
  public let kind: FieldKind
  /// The other model of a relation.
  public let relation: String?
  /// The keys of a selection; labels are in the user's language and not kept.
  public let choices: [String]
  /// The field that says in which currency a monetary field is.
  public let currencyField: FieldName?
  /// True where a record cannot be without it.
  public let isRequired: Bool
  /// True where writing is ignored or refused.
  public let isReadonly: Bool
  /// True where it is in the database, so that it can be searched.
  public let isStored: Bool

  /// The attributes asked of `fields_get`: what is kept, not labels and help texts.
  static let attributes = [
    "type", "relation", "selection", "currency_field", "required", "readonly", "store",
  ]

  /// - Returns: nil where the answer does not describe a field.
  init?(name: String, _ description: OdooJSON) {
    guard let name = FieldName(name), let type = description["type"]?.text else { return nil }
    self.name = name
    kind = FieldKind(serverName: type)
    relation = description["relation"]?.text
    choices = (description["selection"]?.elements ?? []).compactMap { $0.elements?.first?.text }
    currencyField =
      kind == .monetary
      ? description["currency_field"]?.text.flatMap { FieldName($0) } ?? "currency_id" : nil
    isRequired = description["required"]?.flag ?? false
    isReadonly = description["readonly"]?.flag ?? false
    isStored = description["store"]?.flag ?? true
  }
}

/// The fields that this server has on a model and that this user may see.
public struct FieldSet: Sendable, Hashable {
  /// By name.
  public let fields: [FieldName: ModelField]

  /// The field; nil where this server does not have it.
  public subscript(name: FieldName) -> ModelField? { fields[name] }

  /// True where the model hides archived records from searches.
  public var hasArchive: Bool { fields["active"]?.kind == .boolean }

  /// - Returns: nil where the answer is no description of fields.
  init?(_ answer: OdooJSON) {
    guard let members = answer.members else { return nil }
    var fields: [FieldName: ModelField] = [:]
    for (name, description) in members {
      // Names that this library cannot carry (none are known) are as good as absent.
      guard FieldName(name) != nil else { continue }
      guard let field = ModelField(name: name, description) else { return nil }
      fields[field.name] = field
    }
    self.fields = fields
  }
}
