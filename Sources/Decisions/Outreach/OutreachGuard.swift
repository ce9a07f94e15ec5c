import ActionProtocol

/// What has been sent to a customer already, as far as the guard needs it.
public struct OutreachFacts: Hashable, Sendable {
  /// The intent of the last message to the partner on this channel that was not released.
  public var lastToPartner: Instant?
  /// The same for the address, whoever it was sent for.
  public var lastToAddress: Instant?
  /// The last message in the scope of each `no_duplicate_action_in_window` check, by scope key.
  public var lastInScope: [String: Instant]
  /// The suppressions of any recipient on this channel.
  public var suppressions: [SuppressionFact]
  /// When a person approved the message knowing of the suppressions there were.
  public var reviewedAt: Instant?
  /// When each recipient may be written to.
  public var hours: [RecipientHours]
  /// What caps count.
  public var counted: [CountedMessages]
  /// What the channel's messages cost this month; nil where the org has no budget for it.
  public var month: SpentMonth?
  /// All consents on record of the recipients on this channel.
  public var consents: [ConsentFact]
  /// The customer's last word, where nothing was sent since.
  public var answer: CustomerAnswer?

  public init(
    lastToPartner: Instant? = nil, lastToAddress: Instant? = nil,
    lastInScope: [String: Instant] = [:], suppressions: [SuppressionFact] = [],
    reviewedAt: Instant? = nil, hours: [RecipientHours] = [], counted: [CountedMessages] = [],
    month: SpentMonth? = nil, consents: [ConsentFact] = []
  ) {
    self.lastToPartner = lastToPartner
    self.lastToAddress = lastToAddress
    self.lastInScope = lastInScope
    self.suppressions = suppressions
    self.reviewedAt = reviewedAt
    self.hours = hours
    self.counted = counted
    self.month = month
    self.consents = consents
  }
}

/// Anti-spam: the same code for the preview on a card and for the binding answer inside the
/// intent's transaction.
public enum OutreachGuard {
  /// - Parameters:
  ///   - facts: what counts, read in the transaction that will also reserve.
  ///   - now: the transaction's time.
  public static func evaluate(
    _ message: OutreachMessage, facts: OutreachFacts, rules: OutreachRules, now: Instant
  ) -> GuardVerdict {
    var reasons: [GuardReason] = []
    if message.audience == .customer {
      reasons = coolDownReasons(message.channel, facts, rules.coolDowns, now)
      reasons += AnswerPause.reasons(facts.answer, now: now)
    }
    reasons += duplicateReasons(message.plan, facts, now)
    if !message.passesLimits {
      reasons += rules.caps.reasons(facts.counted, message.audience, message.channel, now: now)
    }
    let hours = message.ignoresHours ? [] : message.plan.compactMap(Self.hours)
    let windows = hours.map { BusinessWindow($0) }
    reasons +=
      zip(hours, windows).compactMap { windowReason($0, $1, now) }
      + facts.hours.flatMap { $0.reasons(at: now) }
    let suppressed = SuppressionCheck.findings(
      facts.suppressions, type: message.type, kind: message.kind, reviewedAt: facts.reviewedAt,
      now: now)
    if !suppressed.forbidding.isEmpty {
      return .drop(reasons: suppressed.forbidding + suppressed.reviewable + reasons)
    }
    // What only a person can answer comes first, and what ends by itself after it.
    let asking =
      suppressed.reviewable + consentReasons(message, facts, rules, now)
      + budgetReasons(message, facts, rules, now)
    if !asking.isEmpty { return .needsPerson(reasons: asking + reasons) }
    guard !reasons.isEmpty else { return .send }
    let open = windows + facts.hours.flatMap(\.windows)
    return verdict(message, reasons, windows: open, drain: rules.drain, now: now)
  }

  /// The end of the cool-down that a message begins. Windows and other checks of the next message
  /// come on top.
  public static func nextAllowed(
    after sent: Instant, channel: OutreachChannel, coolDowns: CoolDowns
  ) -> Instant {
    sent.advanced(by: coolDowns[channel])
  }

  private static func coolDownReasons(
    _ channel: OutreachChannel, _ facts: OutreachFacts, _ coolDowns: CoolDowns, _ now: Instant
  ) -> [GuardReason] {
    let found = [
      ("cool_down.partner", facts.lastToPartner), ("cool_down.address", facts.lastToAddress),
    ]
    return found.compactMap { rule, last in
      guard let last else { return nil }
      let end = last.advanced(by: coolDowns[channel])
      return end > now
        ? GuardReason(
          rule: rule, hold: .coolDown, limit: .spacing(coolDowns[channel]), until: end, since: last)
        : nil
    }
  }

  /// Neither priority nor a person's word about limits stands for a consent.
  private static func consentReasons(
    _ message: OutreachMessage, _ facts: OutreachFacts, _ rules: OutreachRules, _ now: Instant
  ) -> [GuardReason] {
    ConsentCheck.reasons(
      message.type, message.channel, recipients: message.recipients, consents: facts.consents,
      requirement: rules.consent, now: now)
  }

  private static func budgetReasons(
    _ message: OutreachMessage, _ facts: OutreachFacts, _ rules: OutreachRules, _ now: Instant
  ) -> [GuardReason] {
    guard !message.passesLimits else { return [] }
    let reason = rules.budget.reason(
      message.channel, cost: message.cost, month: facts.month, now: now)
    return reason.map { [$0] } ?? []
  }

  private static func duplicateReasons(
    _ plan: [RevalidationCheck], _ facts: OutreachFacts, _ now: Instant
  ) -> [GuardReason] {
    plan.compactMap { check in
      guard case .noDuplicateInWindow(let scope, let minutes) = check.predicate,
        let last = facts.lastInScope[scope]
      else { return nil }
      let spacing = Duration.seconds(minutes * 60)
      let end = last.advanced(by: spacing)
      return end > now
        ? GuardReason(
          rule: "duplicate.window", hold: .coolDown, limit: .spacing(spacing), until: end,
          since: last)
        : nil
    }
  }

  private static func hours(_ check: RevalidationCheck) -> QuietHours? {
    guard case .quietHours(let hours) = check.predicate else { return nil }
    return hours
  }

  /// - Parameter window: of the hours; nil where they name no clock, which nobody but a person mends.
  private static func windowReason(
    _ hours: QuietHours, _ window: BusinessWindow?, _ now: Instant
  ) -> GuardReason? {
    let opening = window?.nextOpening(from: now)
    guard opening != now else { return nil }
    return GuardReason(
      rule: "window.quiet_hours", hold: .quietHours, limit: .hours(OpenHours(hours)),
      until: opening, found: window.map { WallClock.words(now, in: $0.zone) } ?? hours.timezone)
  }

  /// Joins the reasons: the wait ends at the first instant from the latest end on at which every
  /// window is open, so that waking up does not meet the next reason at once. Who waits for an opening
  /// goes within the drain's spread after it. Windows that are not open together within a year need a
  /// person.
  private static func verdict(
    _ message: OutreachMessage, _ reasons: [GuardReason], windows: [BusinessWindow?],
    drain: DrainPace, now: Instant
  ) -> GuardVerdict {
    let ends = reasons.compactMap(\.until)
    let known = windows.compactMap { $0 }
    guard ends.count == reasons.count, known.count == windows.count, let end = ends.max() else {
      return .needsPerson(reasons: reasons)
    }
    let open = OpenTimes(known)
    guard let opening = open.nextOpening(from: end) else {
      let never = GuardReason(
        rule: "window.never", hold: .needsPerson,
        limit: .openTogether(days: BusinessWindow.horizonDays), until: nil,
        found: "no hour is open on all of these clocks")
      return .needsPerson(reasons: [never] + reasons)
    }
    let sorted = reasons.sorted { ($0.until ?? now) > ($1.until ?? now) }
    guard let identity = message.identity,
      !open.isOpen(at: opening.advanced(by: .milliseconds(-1)))
    else { return .wait(until: opening, reasons: sorted) }
    let spread = drain.instant(
      after: opening, of: identity, before: message.executeBy?.advanced(by: .seconds(-60)),
      isOpen: open.isOpen)
    return .wait(until: spread, reasons: sorted)
  }
}
