import ActionProtocol

/// What a check finds in a policy: everything that is wrong with it, and how its own cases end.
public struct PolicyReview: Sendable {
  /// Nil where the document cannot be read as a policy.
  public let policy: Policy?
  /// Errors and warnings; of a document that cannot be read what is wrong with it.
  public let issues: [PolicyIssue]
  public let cases: [PolicyCaseResult]

  public init(_ answer: PolicyReader.Answer) {
    policy = answer.policy
    issues = answer.policy.map { PolicyCheck.issues($0, lines: answer.lines) } ?? answer.issues
    cases = answer.policy.map { PolicyEngine($0).runCases() } ?? []
  }

  /// A policy that was not read from a text.
  public init(_ policy: Policy) {
    self.policy = policy
    issues = PolicyCheck.issues(policy)
    cases = PolicyEngine(policy).runCases()
  }

  /// The cases that do not end as they say.
  public var failing: [PolicyCaseResult] { cases.filter { !$0.holds } }

  /// Whether it may become active: nothing is an error, and every case holds.
  public var isUsable: Bool {
    policy != nil && !issues.contains { $0.severity == .error } && failing.isEmpty
  }

  /// `{usable, issues, cases, rules, hash}`.
  public var json: JSONValue {
    [
      "usable": .bool(isUsable), "issues": .array(issues.map(\.json)),
      "cases": .array(cases.map(\.json)),
      "rules": .integer(Int64(policy?.rules.count ?? 0)),
      "hash": policy.map { .string($0.hash.hex) } ?? .null,
    ]
  }
}
