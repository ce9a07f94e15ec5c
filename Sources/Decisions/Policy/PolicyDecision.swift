import ActionProtocol

/// What a policy says of an action.
public enum PolicyVerdict: Hashable, Sendable {
  /// It does not happen.
  case deny
  /// Persons have to approve, as the requirement says.
  case require(PolicyRequirement)
  /// It goes by itself after the time to undo it; nil for the organisation's setting.
  case auto(undo: PolicySpan?)

  /// The kind without details.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    case deny, require, auto
  }

  /// The kind without details.
  public var kind: Kind {
    switch self {
    case .deny: .deny
    case .require: .require
    case .auto: .auto
    }
  }
}

/// What an action waits for, whatever else is decided.
public enum PolicyWait: Hashable, Sendable {
  case delay(PolicyDelay)
  /// A cap of a rule has no room: until the moment, or for the span where that is not known.
  case room(rule: String, until: Instant?, per: PolicySpan)
}

extension PolicyWait {
  /// Whether it keeps anything back at the hour that the facts say.
  func holds(_ facts: PolicyFacts) -> Bool {
    if case .delay(.hours(let hours)) = self { return !hours.isOpen(facts) }
    return true
  }
}

/// Why a rule could not be evaluated, which denies.
public enum PolicyFault: Hashable, Sendable {
  /// A fact that the rule looks at was not given.
  case missing(PolicyField)
  /// The rule lets go by itself and looks at something that a proposer or a text controls.
  case claimed(PolicyField)
  /// The cap was not counted.
  case uncounted
}

/// The decision on one action, with everything that led to it.
public struct PolicyDecision: Hashable, Sendable {
  /// What a rule did.
  public struct Entry: Hashable, Sendable {
    /// The rule's place among the policy's rules.
    public let index: Int
    /// What its condition said; `incomparable` where it counts on the careful side.
    public let truth: PolicyTruth
    /// Why it could not be evaluated.
    public let fault: PolicyFault?
    /// Whether it is a cap that has room.
    public let hasRoom: Bool

    /// Whether the rule had a say.
    public var applied: Bool {
      fault != nil || (truth == .yes || truth == .incomparable) && !hasRoom
    }
  }

  /// What happens.
  public let verdict: PolicyVerdict
  /// What it waits for besides; empty where it is denied.
  public let waits: [PolicyWait]
  /// Who is told.
  public let notices: [PolicyNotice]
  /// The rules that were looked at: those of the action's type that are not off.
  public let considered: [Entry]
  /// The places of the rules that decided the verdict or the waiting.
  public let winning: [Int]
  /// Whether a person always has to look at the risk, whatever rules say.
  public let isBoundByRisk: Bool
  /// Whether no rule decided, so that the owner is asked.
  public let isDefault: Bool
  /// Whether a rule could not be evaluated: somebody has to be told.
  public let isAlert: Bool
}
