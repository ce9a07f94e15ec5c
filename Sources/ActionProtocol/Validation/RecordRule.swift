/// A rule between the fields of a record that JSON Schema can express.
enum RecordRule: Sendable {
  /// Where `field` is present, `needed` is too.
  case needs(field: String, needed: String, Wording)
  /// Exactly one of the fields is present; `preferred` is the one to write.
  case exactlyOne([String], preferred: String, suggestion: JSONValue, Wording)
  /// At least one of the fields is present and neither null nor an empty array.
  case someNotEmpty([String], Wording)
  /// Where `field` is present and neither null nor an empty array, `needed` is present.
  case notEmptyNeeds(field: String, needed: String, suggestion: JSONValue, Wording)
  /// Where one place has one of the values, another place, if present, has one of others.
  case implies(Implication)

  /// Code and words of the issue.
  struct Wording: Sendable {
    let code: String
    let message: String
    let remedy: String
  }
}

/// Where the place `when` has one of `values`, the place `then`, if present, has one of `allowed`.
final class Implication: Sendable {
  let when: [String]
  let values: [String]
  let then: [String]
  let allowed: [JSONValue]
  let wording: RecordRule.Wording

  init(
    when: [String], values: [String], then: [String], allowed: [JSONValue],
    wording: RecordRule.Wording
  ) {
    self.when = when
    self.values = values
    self.then = then
    self.allowed = allowed
    self.wording = wording
  }
}
