/// Writes a shape as JSON Schema 2020-12; records become `$defs`.
struct SchemaWriter {
  private(set) var definitions: [(name: String, schema: JSONValue)] = []

  /// The schema of a shape.
  mutating func schema(of shape: Shape) -> JSONObject {
    switch shape {
    case .text(let rule): text(rule)
    case .choice(let names) where names.count == 1: ["const": .string(names[0])]
    case .choice(let names): ["type": "string", "enum": .strings(names)]
    case .integer(let range):
      [
        "type": "integer", "minimum": .integer(range.lowerBound),
        "maximum": .integer(range.upperBound),
      ]
    case .number(let range): number(range)
    case .boolean: ["type": "boolean"]
    case .null: ["type": "null"]
    case .anything: [:]
    case .map: ["type": "object"]
    case .record(let record): reference(to: record)
    case .list(let list): self.list(list)
    case .tagged(let cases):
      ["oneOf": .array(cases.map { .object(reference(to: $0.record)) })]
    case .alternatives(let shapes):
      ["anyOf": .array(shapes.map { .object(schema(of: $0)) })]
    }
  }

  /// The schema of a record, written out.
  mutating func schema(of record: RecordShape) -> JSONObject {
    var properties = JSONObject()
    for field in record.fields {
      var schema = schema(of: field.shape)
      schema["description"] = .string(field.summary)
      schema["default"] = field.fallback
      properties[field.name] = .object(schema)
    }
    var object: JSONObject = [
      "type": "object", "properties": .object(properties), "additionalProperties": false,
    ]
    let required = record.fields.filter(\.isRequired).map(\.name)
    if !required.isEmpty { object["required"] = .strings(required) }
    if !record.rules.isEmpty {
      object["allOf"] = .array(record.rules.map { .object($0.schema) })
    }
    return object
  }

  private mutating func reference(to record: RecordShape) -> JSONObject {
    if !definitions.contains(where: { $0.name == record.name }) {
      // The place is taken first: a record may refer to others, which follow it.
      let place = definitions.count
      definitions.append((record.name, .null))
      definitions[place].schema = .object(schema(of: record))
    }
    return ["$ref": .string("#/$defs/" + record.name)]
  }

  private func text(_ rule: TextRule) -> JSONObject {
    var object: JSONObject = [
      "type": "string", "minLength": .integer(Int64(rule.length.lowerBound)),
      "maxLength": .integer(Int64(rule.length.upperBound)),
    ]
    object["pattern"] = (rule.format?.pattern).map { .string($0) }
    object["not"] = ["pattern": .string(rule.kind.refusedPattern)]
    return object
  }

  private func number(_ range: ClosedRange<Double>?) -> JSONObject {
    guard let range else { return ["type": "number"] }
    return [
      "type": "number", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound),
    ]
  }

  private mutating func list(_ list: ListShape) -> JSONObject {
    var object: JSONObject = [
      "type": "array", "items": .object(schema(of: list.item)),
      "minItems": .integer(Int64(list.count.lowerBound)),
      "maxItems": .integer(Int64(list.count.upperBound)),
    ]
    if list.isUnique { object["uniqueItems"] = true }
    return object
  }
}

extension RecordRule {
  /// The rule as a subschema of `allOf`.
  var schema: JSONObject {
    switch self {
    case .needs(let field, let needed, _):
      ["dependentRequired": .object([field: [.string(needed)]])]
    case .exactlyOne(let names, _, _, _):
      ["oneOf": .array(names.map { ["required": [.string($0)]] })]
    case .someNotEmpty(let names, _):
      ["anyOf": .array(names.map { .object(Self.filled($0)) })]
    case .notEmptyNeeds(let field, let needed, _, _):
      ["if": .object(Self.filled(field)), "then": ["required": [.string(needed)]]]
    case .implies(let rule):
      [
        "if": .object(
          Self.place(rule.when[...], is: .strings(rule.values), required: true)),
        "then": .object(Self.place(rule.then[...], is: .array(rule.allowed), required: false)),
      ]
    }
  }

  /// A schema that holds where the field is present and neither null nor an empty array.
  private static func filled(_ field: String) -> JSONObject {
    [
      "required": [.string(field)],
      "properties": .object([field: ["not": ["enum": [.null, []]]]]),
    ]
  }

  /// A schema that holds where the place has one of the values.
  private static func place(
    _ path: ArraySlice<String>, is values: JSONValue, required: Bool
  ) -> JSONObject {
    guard let key = path.first else { return ["enum": values] }
    var object: JSONObject = [
      "properties": .object([
        key: .object(place(path.dropFirst(), is: values, required: required))
      ])
    ]
    if required { object["required"] = [.string(key)] }
    return object
  }
}
