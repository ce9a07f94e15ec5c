import ActionProtocol

/// A decision, and why: the same object for card, command line, interface and audit.
public struct PolicyExplanation: Hashable, Sendable {
  /// The decision.
  public let decision: PolicyDecision
  /// Whether it waits at the hour that the facts say: hours that are open keep nothing back.
  public let waitsNow: Bool
  /// The policy's name.
  public let policy: String
  /// The stored version; nil for a policy that is not stored.
  public let version: Int64?
  /// The policy's hash.
  public let hash: Digest
  /// The digest of the facts.
  public let facts: Digest
  /// Every rule that was looked at, in the policy's order.
  public let considered: [Line]
  /// What would have been decided with the rules in shadow; nil where there is none.
  public let shadow: PolicyDecision?
  /// The rules in shadow that would have decided.
  public let shadowRules: [String]
  /// Single changes of one fact that would lead to a milder decision, each tried.
  public let changes: [PolicyChange]

  /// What one rule said.
  public struct Line: Hashable, Sendable {
    /// How a rule took part.
    public enum Part: String, Hashable, Sendable {
      /// It decided.
      case won
      /// It applied, and a stricter one decided.
      case applied
      /// A cap that has room.
      case hasRoom = "has_room"
      /// It does not apply.
      case notApplied = "not_applied"
      /// It could not be evaluated.
      case error
    }

    /// The rule's id.
    public let rule: String
    /// The rule's title.
    public let title: String
    /// The rule's reason.
    public let reason: String
    /// How it took part.
    public let part: Part
    /// The first clause because of which it does not apply, or counts on the careful side.
    public let finding: PolicyFinding?
    /// Why it could not be evaluated.
    public let fault: PolicyFault?
  }

  /// The ids of the rules that decided.
  public var winning: [String] { considered.filter { $0.part == .won }.map(\.rule) }
}

extension PolicyEngine {
  /// The decision on facts with everything that explains it. Costs more than ``decide(_:)``: what
  /// would change it is tried.
  public func explain(_ facts: PolicyFacts, version: Int64? = nil) -> PolicyExplanation {
    let decision = decide(facts)
    let shadow = shadowDecision(facts)
    return PolicyExplanation(
      decision: decision, waitsNow: decision.waits.contains { $0.holds(facts) },
      policy: policy.name, version: version, hash: policy.hash,
      facts: facts.digest, considered: decision.considered.map { line($0, decision, facts) },
      shadow: shadow,
      shadowRules: (shadow?.winning ?? []).map { policy.rules[$0] }
        .filter { $0.status == .shadow }.map(\.id),
      changes: changes(facts, from: decision))
  }

  /// The ids of the rules that decided.
  public func winning(_ decision: PolicyDecision) -> [String] {
    decision.winning.map { policy.rules[$0].id }
  }

  private func line(
    _ entry: PolicyDecision.Entry, _ decision: PolicyDecision, _ facts: PolicyFacts
  ) -> PolicyExplanation.Line {
    let rule = policy.rules[entry.index]
    let part: PolicyExplanation.Line.Part =
      if entry.fault != nil {
        .error
      } else if entry.hasRoom {
        .hasRoom
      } else if entry.truth == .no {
        .notApplied
      } else if decision.winning.contains(entry.index) {
        .won
      } else {
        .applied
      }
    return PolicyExplanation.Line(
      rule: rule.id, title: rule.title, reason: rule.reason, part: part,
      finding: rule.when.decisive(facts), fault: entry.fault)
  }
}
