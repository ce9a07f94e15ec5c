/// One check of a revalidation plan.
public struct RevalidationCheck: Hashable, Sendable {
  /// Its name, unique in the plan, 1-100 characters.
  public var checkID: String
  /// What it checks, for people, 5-500 characters.
  public var description: String
  /// What happens when it fails.
  public var severity: FailSeverity
  /// The question.
  public var predicate: Predicate

  /// A check of the given parts.
  public init(checkID: String, description: String, severity: FailSeverity, predicate: Predicate) {
    self.checkID = checkID
    self.description = description
    self.severity = severity
    self.predicate = predicate
  }

  /// The check on the wire.
  public var json: JSONValue {
    [
      "check_id": .string(checkID), "description": .string(description),
      "severity_on_fail": .string(severity.rawValue), "predicate": predicate.json,
    ]
  }
}
