import ActionProtocol

/// The rules of an organisation, with the cases that prove them.
public struct Policy: Hashable, Sendable {
  /// A word for it, as files name it.
  public var name: String
  /// The rules; their order means nothing.
  public var rules: [PolicyRule]
  /// Facts with the decision they must lead to.
  public var cases: [PolicyCase]

  /// - Parameter rules: with different ids.
  public init(name: String, rules: [PolicyRule], cases: [PolicyCase] = []) {
    self.name = name
    self.rules = rules
    self.cases = cases
  }

  /// The most rules of one policy.
  public static let maximumRules = 5000

  /// The SHA-256 of the canonical JSON (RFC 8785): the same for the same rules and cases in any
  /// order, another one for any other change.
  public var hash: Digest { Digest.ofCanonical(canonical) }
}

/// Facts, and what has to be decided on them.
public struct PolicyCase: Hashable, Sendable {
  /// A line for people; unique in the policy.
  public var name: String
  /// The action type.
  public var type: ActionType
  /// The facts that matter; the others are ``PolicyFacts/typical(_:)``.
  public var facts: [PolicyField: PolicyValue]
  /// What caps have counted, by rule.
  public var caps: [String: CapUse]
  /// The kind of decision expected.
  public var verdict: PolicyVerdict.Kind
  /// The roles that have to be asked, exactly; nil where the case does not care.
  public var roles: Set<String>?
  /// The rules that have to be among those that decided.
  public var rules: [String]
  /// Whether it has to wait; nil where the case does not care.
  public var waits: Bool?

  public init(
    name: String, type: ActionType, facts: [PolicyField: PolicyValue] = [:],
    caps: [String: CapUse] = [:], verdict: PolicyVerdict.Kind, roles: Set<String>? = nil,
    rules: [String] = [], waits: Bool? = nil
  ) {
    self.name = name
    self.type = type
    self.facts = facts
    self.caps = caps
    self.verdict = verdict
    self.roles = roles
    self.rules = rules
    self.waits = waits
  }
}
