import ActionProtocol

extension PolicyField {
  /// `{name, type, source, meaning, tightens_only, op, on}`, and `words` where only some are allowed.
  public var json: JSONValue {
    var object: JSONObject = [
      "name": .string(row.name), "type": .string(row.type.name),
      "source": .string(row.source.rawValue), "meaning": .string(row.meaning),
      "tightens_only": .bool(row.source.tightensOnly),
      "op": .array(row.type.operators.map { .string($0.rawValue) }),
      "on": .array(ActionType.allCases.filter(row.scope.contains).map { .string($0.rawValue) }),
    ]
    object["words"] = row.type.words.map { .array($0.map { .string($0) }) }
    return .object(object)
  }
}
