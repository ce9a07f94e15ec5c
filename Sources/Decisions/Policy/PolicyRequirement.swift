import ActionProtocol

/// How strongly somebody who approves has to prove who it is, beyond being signed in.
public enum StepUp: String, CaseIterable, Hashable, Comparable, Sendable {
  case none, totp, passkey

  public static func < (left: StepUp, right: StepUp) -> Bool {
    (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
  }
}

/// Whom else to ask after a time without an answer.
public struct Escalation: Hashable, Comparable, Sendable {
  /// Counted from the request.
  public let after: PolicySpan
  /// The role that is asked then.
  public let role: String

  public init(after: PolicySpan, role: String) {
    self.after = after
    self.role = role
  }

  public static func < (left: Escalation, right: Escalation) -> Bool {
    (left.after, left.role) < (right.after, right.role)
  }
}

/// What has to be true of an approval. Joining two of them gives the strictest of both, in any order.
public struct PolicyRequirement: Hashable, Sendable {
  /// How many distinct persons of each role have to approve; at least one role.
  public var roles: [String: Int]
  /// Whether who proposed, or owns the agent that did, is left out.
  public var notProposer: Bool
  /// How strongly each of them proves who it is.
  public var stepUp: StepUp
  /// The channels through which it may be given; nil for every channel.
  public var channels: Set<ApprovalChannel>?
  /// How long the request stays open; nil for the organisation's setting.
  public var expires: PolicySpan?
  /// Whom else to ask when nobody answers.
  public var escalate: Set<Escalation>
  /// How many distinct persons have to refuse before it is refused; at least 1.
  public var rejections: Int

  public init(
    role: String, n: Int = 1, notProposer: Bool = false, stepUp: StepUp = .none,
    channels: Set<ApprovalChannel>? = nil, expires: PolicySpan? = nil,
    escalate: Set<Escalation> = [], rejections: Int = 1
  ) {
    roles = [role: n]
    self.notProposer = notProposer
    self.stepUp = stepUp
    self.channels = channels
    self.expires = expires
    self.escalate = escalate
    self.rejections = rejections
  }

  /// What is asked for where no rule says anything: the owner.
  public static let standard = PolicyRequirement(role: "owner")

  /// The roles that may be named without being made first.
  public static let knownRoles = ["owner", "finance", "sales", "approver"]

  /// The strictest of both. Channels that exclude each other leave only `in_app`.
  public func joined(_ other: PolicyRequirement) -> PolicyRequirement {
    var joined = self
    joined.roles.merge(other.roles) { max($0, $1) }
    joined.notProposer = notProposer || other.notProposer
    joined.stepUp = max(stepUp, other.stepUp)
    if let mine = channels, let theirs = other.channels {
      joined.channels = mine.intersection(theirs)
    } else {
      joined.channels = channels ?? other.channels
    }
    joined.expires = [expires, other.expires].compactMap { $0 }.min()
    joined.escalate.formUnion(other.escalate)
    joined.rejections = min(rejections, other.rejections)
    return joined
  }

  /// The channels that are left when everything is joined; nil for every channel.
  public var openChannels: Set<ApprovalChannel>? {
    channels.map { $0.isEmpty ? [.inApp] : $0 }
  }

  /// `{roles: [{role, n}], not_proposer, step_up, channels, expires, escalate, rejections}`, the last
  /// four where they say something.
  public var json: JSONValue {
    var object: JSONObject = [
      "roles": .array(
        roles.sorted { $0.key < $1.key }.map {
          ["role": .string($0.key), "n": .integer(Int64($0.value))]
        }),
      "not_proposer": .bool(notProposer), "step_up": .string(stepUp.rawValue),
    ]
    if let openChannels {
      object["channels"] = .array(openChannels.map(\.rawValue).sorted().map { .string($0) })
    }
    object["expires"] = expires.map { .string($0.text) }
    if !escalate.isEmpty { object["escalate"] = Self.json(escalate) }
    if rejections > 1 { object["rejections"] = .integer(Int64(rejections)) }
    return .object(object)
  }

  static func json(_ escalate: Set<Escalation>) -> JSONValue {
    .array(
      escalate.sorted().map { ["after": .string($0.after.text), "role": .string($0.role)] })
  }
}
