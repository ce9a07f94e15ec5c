extension ShapeValidator {
  mutating func check(_ object: JSONObject, _ cases: [TaggedCase]) {
    guard let tag = object["type"] else {
      reportMissing("type", "which kind it is", .string(cases[0].tag))
      return
    }
    let match = cases.first { tag == .string($0.tag) }
    guard let match else {
      collector.enter("type")
      check(tag, .choice(cases.map(\.tag)), suggestion: .string(cases[0].tag))
      collector.leave()
      return
    }
    check(object, match.record)
  }

  mutating func check(_ object: JSONObject, _ record: RecordShape) {
    var found = 0
    var next = 0
    let fields = record.fields
    // By index: a field has many parts, and most of them are of interest to a report alone.
    for index in fields.indices {
      guard let position = object.position(of: fields[index].name, near: next) else {
        if fields[index].isRequired { reportMissing(fields[index]) }
        continue
      }
      found += 1
      next = position + 1
      if Self.plainlyFits(object.members[position].value, fields[index].shape) { continue }
      collector.enter(fields[index].name)
      check(
        object.members[position].value, fields[index].shape,
        suggestion: fields[index].suggestion)
      collector.leave()
    }
    if found < object.count { reportUnknown(object, record) }
    for rule in record.rules { check(rule, object) }
  }

  /// Whether a value without parts is as its shape wants it. Most are, and then no place is noted; where
  /// one is not, the check proper says what is wrong.
  private static func plainlyFits(_ value: JSONValue, _ shape: Shape) -> Bool {
    switch (shape, value) {
    case (.text(let rule), .string(let text)):
      let measure = TextMeasure(text)
      return rule.length.contains(measure.scalars) && !rule.kind.refuses(measure)
        && rule.format?.accepts(text) ?? true && rule.meaning?.problem(in: text) == nil
    case (.choice(let names), .string(let text)):
      return names.contains { $0.hasSameBytes(as: text) }
    case (.integer(let range), .integer(let number)): return range.contains(number)
    case (.boolean, .bool), (.null, .null): return true
    default: return false
    }
  }

  private mutating func reportMissing(_ field: Field) {
    reportMissing(field.name, field.summary, field.suggestion)
  }

  private mutating func reportMissing(
    _ name: String, _ summary: String, _ suggestion: JSONValue?
  ) {
    collector.enter(name)
    collector.report(
      "field.required", "The field \(name) is missing.", "Add it: \(summary)",
      suggestion: suggestion)
    collector.leave()
  }

  private mutating func reportUnknown(_ object: JSONObject, _ record: RecordShape) {
    for member in object.members where record.field(member.key) == nil {
      collector.enter(member.key)
      if record.serverOwned.contains(where: { $0.hasSameBytes(as: member.key) }) {
        collector.report(
          "field.server_owned", "AIOM sets this field; a proposal cannot.", "Remove it.")
      } else {
        let near = Spelling.nearest(to: member.key, among: record.fields.map(\.name))
        collector.report(
          "field.unknown", "The protocol has no such field here.",
          near.map { "Remove it; perhaps \($0) was meant." } ?? "Remove it.")
      }
      collector.leave()
    }
  }

  // MARK: Rules

  private mutating func check(_ rule: RecordRule, _ object: JSONObject) {
    switch rule {
    case .needs(let field, let needed, let wording):
      if object[field] != nil, object[needed] == nil { collector.report(wording, at: [field]) }
    case .exactlyOne(let names, let preferred, let suggestion, let wording):
      checkExactlyOne(names, preferred, suggestion, wording, object)
    case .someNotEmpty(let names, let wording):
      if !names.contains(where: { Self.isFilled(object[$0]) }) { collector.report(wording) }
    case .notEmptyNeeds(let field, let needed, let suggestion, let wording):
      if Self.isFilled(object[field]), object[needed] == nil {
        collector.report(wording, at: [needed], suggestion: suggestion)
      }
    case .implies(let implication): check(implication, object)
    }
  }

  private mutating func checkExactlyOne(
    _ names: [String], _ preferred: String, _ suggestion: JSONValue,
    _ wording: RecordRule.Wording, _ object: JSONObject
  ) {
    switch names.count(where: { object[$0] != nil }) {
    case 0: reportMissing(preferred, "\(preferred) says which kind it is.", suggestion)
    case 1: return
    default: collector.report(wording)
    }
  }

  private static func isFilled(_ value: JSONValue?) -> Bool {
    guard let value else { return false }
    return !value.isNull && value != .array([])
  }

  private mutating func check(_ rule: Implication, _ object: JSONObject) {
    guard let given = object.value(at: rule.when)?.stringValue, rule.values.contains(given),
      let value = object.value(at: rule.then), !rule.allowed.contains(value),
      !collector.hasIssue(at: rule.then)
    else { return }
    collector.report(rule.wording, at: rule.then, suggestion: rule.allowed.first)
  }
}

extension JSONObject {
  /// The value at a path of keys.
  func value(at path: [String]) -> JSONValue? {
    var current: JSONObject? = self
    for key in path.dropLast() { current = current?[key]?.objectValue }
    return path.last.flatMap { current?[$0] }
  }
}

extension Shape {
  /// Whether the value's JSON type is one this shape is about.
  func accepts(typeOf value: JSONValue) -> Bool {
    switch (self, value) {
    case (.anything, _), (.text, .string), (.choice, .string), (.integer, .integer),
      (.number, .integer), (.number, .number), (.boolean, .bool), (.null, .null),
      (.map, .object), (.record, .object), (.tagged, .object), (.list, .array):
      true
    case (.alternatives(let shapes), _): shapes.contains { $0.accepts(typeOf: value) }
    default: false
    }
  }

  /// The JSON types of this shape, for people.
  var typeNames: String {
    switch self {
    case .text, .choice: "string"
    case .integer: "integer"
    case .number: "number"
    case .boolean: "boolean"
    case .null: "null"
    case .anything: "any value"
    case .map, .record, .tagged: "object"
    case .list: "array"
    case .alternatives(let shapes): shapes.map(\.typeNames).joined(separator: " or ")
    }
  }
}
