import ActionProtocol

/// What the guard has to know of a message itself.
public struct OutreachMessage: Hashable, Sendable {
  /// What it is for; suppressions forbid by its class.
  public var type: ActionType
  /// Its class, which limits and suppressions go by.
  public var kind: MessageClass
  public var channel: OutreachChannel
  /// The approved revalidation plan; its windows and duplicate checks bind here.
  public var plan: [RevalidationCheck]
  public var priority: ActionPriority
  /// Digests of all addresses that would receive it; consents are asked of each.
  public var recipients: [Digest]
  /// In the unit of the channel's ledger (``SpentMonth/spent``); 0: nothing.
  public var cost: Int64
  /// Whether a person lets it pass caps and budget, with a reason and under their name.
  public var isWaived: Bool
  /// Tells messages apart that wait for the same opening; nil: no spread.
  public var identity: Digest?
  /// When its approval ends.
  public var executeBy: Instant?

  public init(
    _ type: ActionType, _ channel: OutreachChannel, kind: MessageClass? = nil,
    plan: [RevalidationCheck] = [],
    priority: ActionPriority = .normal, isWaived: Bool = false,
    identity: Digest? = nil, executeBy: Instant? = nil, recipients: [Digest] = [], cost: Int64 = 0
  ) {
    self.type = type
    self.kind = kind ?? MessageClass(type)
    self.channel = channel
    self.plan = plan
    self.priority = priority
    self.isWaived = isWaived
    self.identity = identity
    self.executeBy = executeBy
    self.recipients = recipients
    self.cost = cost
  }

  public var audience: OutreachAudience { OutreachAudience(kind) }

  /// A critical message may pass caps and budget where a person says so; nothing else is passed by.
  var passesLimits: Bool { isWaived && priority == .critical }

  /// An urgent word to a colleague does not wait for the morning.
  var ignoresHours: Bool { audience == .internal && priority == .critical }
}

/// The limits of an org that the guard keeps.
public struct OutreachRules: Hashable, Sendable {
  public var coolDowns: CoolDowns
  public var caps: OutreachCaps
  public var drain: DrainPace
  public var budget: OutreachBudget
  /// Where marketing asks for a recorded consent.
  public var consent: ConsentRequirement
  /// Days that the org celebrates although its customers' country does not, or the other way round.
  public var holidays: [HolidayChange]

  public static let standard = OutreachRules()

  public init(
    coolDowns: CoolDowns = .standard, caps: OutreachCaps = .standard,
    drain: DrainPace = .standard, budget: OutreachBudget = .standard,
    consent: ConsentRequirement = .standard, holidays: [HolidayChange] = []
  ) {
    self.coolDowns = coolDowns
    self.caps = caps
    self.drain = drain
    self.budget = budget
    self.consent = consent
    self.holidays = holidays
  }
}
