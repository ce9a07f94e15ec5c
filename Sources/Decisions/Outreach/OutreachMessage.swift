import ActionProtocol

/// What the guard has to know of a message itself.
public struct OutreachMessage: Hashable, Sendable {
  /// What it is for; suppressions forbid by its class.
  public var type: ActionType
  public var channel: OutreachChannel
  /// The approved revalidation plan; its windows and duplicate checks bind here.
  public var plan: [RevalidationCheck]
  public var priority: ActionPriority
  /// Whether a person lets it pass caps, with a reason and under their name.
  public var isWaived: Bool
  /// Tells messages apart that wait for the same opening; nil: no spread.
  public var identity: Digest?
  /// When its approval ends.
  public var executeBy: Instant?

  public init(
    _ type: ActionType, _ channel: OutreachChannel, plan: [RevalidationCheck] = [],
    priority: ActionPriority = .normal, isWaived: Bool = false,
    identity: Digest? = nil, executeBy: Instant? = nil
  ) {
    self.type = type
    self.channel = channel
    self.plan = plan
    self.priority = priority
    self.isWaived = isWaived
    self.identity = identity
    self.executeBy = executeBy
  }

  public var audience: OutreachAudience { OutreachAudience(MessageClass(type)) }

  /// A critical message may pass caps where a person says so; nothing else is passed by.
  var passesLimits: Bool { isWaived && priority == .critical }

  /// An urgent word to a colleague does not wait for the morning.
  var ignoresHours: Bool { audience == .internal && priority == .critical }
}

/// The limits of an org that the guard keeps.
public struct OutreachRules: Hashable, Sendable {
  public var coolDowns: CoolDowns
  public var caps: OutreachCaps
  public var drain: DrainPace

  public static let standard = OutreachRules()

  public init(
    coolDowns: CoolDowns = .standard, caps: OutreachCaps = .standard,
    drain: DrainPace = .standard
  ) {
    self.coolDowns = coolDowns
    self.caps = caps
    self.drain = drain
  }
}
