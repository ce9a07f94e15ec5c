import ActionProtocol
import Decisions
import Logging

/// Asks the provider what became of attempts whose outcome nobody knows. A hit proves; a miss does
/// not, and nothing is ever sent again from here. Where the provider cannot tell, a person is asked.
public struct Reconciler: Sendable {
  /// Attempts begun this long before the earliest unsettled one are searched too: clocks differ.
  private static let slack: Duration = .seconds(600)
  /// So many share one transaction: thousands may be unknown at once after an outage.
  private static let batch = 50
  /// A look that nobody finished, because its process died, is made again after so long.
  private static let patience: Duration = .seconds(60)

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Looks once, now, for all unsettled attempts of an org.
  /// - Returns: how many were settled.
  @discardableResult
  public func reconcile(_ org: OrgID) async throws -> Int {
    try await look(org, OutreachChannel.allCases, isScheduled: false)
      + BooksReconciler(context).reconcile(org)
  }

  /// Does what a timer asks for: looks where a look is due, and sets the next one.
  func reconcile(_ timer: DurableTimer) async throws {
    // The timer stays until the look is done: no death in between may end the looking.
    let held = try await context.store.write { store -> DurableTimer? in
      // Of several processes that read it, one looks.
      guard try store.remove(timer) else { return nil }
      var held = timer
      held.due = store.now.advanced(by: Self.patience)
      try store.put(held)
      return held
    }
    guard let held else { return }
    let channels = OutreachChannel(rawValue: timer.subject).map { [$0] }
    try await look(
      timer.org, channels ?? OutreachChannel.allCases, isScheduled: true, instead: held)
  }

  /// Sets the timers of an org's next looks; those that are set earlier stay.
  /// - Parameter notBefore: where looking sooner is known to be useless.
  static func arm(
    _ org: OrgID, _ store: any StoreTransaction, _ configuration: EngineConfiguration,
    only channels: [OutreachChannel] = OutreachChannel.allCases, notBefore: Instant? = nil
  ) throws {
    let unsettled = try store.unsettledAttempts(org)
    for channel in channels {
      let dues = unsettled.filter { $0.intent.channel == channel }.map {
        configuration.reconciliation.due(afterLooks: $0.looks, end: $0.unknownSince)
      }
      guard let due = dues.min() else { continue }
      try store.put(
        DurableTimer(
          org: org, kind: .reconcile, subject: channel.rawValue,
          due: max(due, notBefore ?? due)))
    }
  }

  // MARK: - Looking

  /// - Parameters:
  ///   - isScheduled: asks nobody where no look is due, and counts only looks that were due.
  ///   - held: the timer that stands for this look while it lasts.
  @discardableResult
  private func look(
    _ org: OrgID, _ channels: [OutreachChannel], isScheduled: Bool,
    instead held: DurableTimer? = nil
  ) async throws -> Int {
    let retention = context.configuration.providerRetention
    let (organisation, unsettled, hasWebhook, now) = try await context.store.read { store in
      (
        try store.organisation(org), try store.unsettledAttempts(org),
        try !store.webhooks(org).isEmpty, store.now
      )
    }
    guard let organisation else { return 0 }
    let oldest = Instant(milliseconds: now.milliseconds - retention.wholeMilliseconds)
    try await ask(unsettled.filter { $0.intent.at <= oldest }, why: "retention_over")
    var settled = 0
    var notBefore: Instant?
    for channel in channels {
      let attempts = unsettled.filter { $0.intent.channel == channel && $0.intent.at > oldest }
      let isWanted = !isScheduled || attempts.contains { isDue($0, now) }
      guard isWanted, let earliest = attempts.map(\.intent.at).min() else { continue }
      let since = Instant(
        milliseconds: max(
          earliest.milliseconds - Self.slack.wholeMilliseconds, oldest.milliseconds))
      let answer = await search(organisation, channel, since)
      settled += try await record(
        answer, attempts, Looking(isScheduled: isScheduled, hasWebhook: hasWebhook))
      // A permission may be given later; asking often does not bring it.
      if case .unsupported = answer, let wait = context.configuration.reconciliation.waits.last {
        notBefore = now.advanced(by: wait)
      }
    }
    try await setNext(org, channels, held, notBefore: notBefore)
    return settled
  }

  private func isDue(_ attempt: AttemptRecord, _ now: Instant) -> Bool {
    context.configuration.reconciliation.looksDue(at: now, end: attempt.unknownSince)
      > attempt.looks
  }

  private func setNext(
    _ org: OrgID, _ channels: [OutreachChannel], _ held: DurableTimer?, notBefore: Instant?
  ) async throws {
    let configuration = context.configuration
    try await context.store.write { store in
      if let held { try store.remove(held) }
      try Self.arm(org, store, configuration, only: channels, notBefore: notBefore)
    }
  }

  // MARK: - Asking the provider

  /// What the provider answered, whatever the channel.
  private enum Answer: Sendable {
    case messages([String: String])
    case texts([ReportedSMS])
    case unsupported(code: String)
    case failed(code: String)
  }

  private func search(
    _ organisation: Organisation, _ channel: OutreachChannel, _ since: Instant
  ) async -> Answer {
    guard case .success(let way) = context.channels.channel(for: organisation) else {
      return .failed(code: "no_channel")
    }
    switch channel {
    case .email:
      switch await way.search(organisation.id, channel: channel, since: since) {
      case .found(let hits): return .messages(hits)
      case .unsupported(let code): return .unsupported(code: code)
      case .failed(let code): return .failed(code: code)
      }
    case .sms:
      switch await way.sentSMS(organisation.id, since: since) {
      case .found(let texts): return .texts(texts)
      case .unsupported(let code): return .unsupported(code: code)
      case .failed(let code): return .failed(code: code)
      }
    }
  }

  // MARK: - Recording

  /// How is looked.
  private struct Looking: Sendable {
    let isScheduled: Bool
    let hasWebhook: Bool
  }

  private func record(
    _ answer: Answer, _ attempts: [AttemptRecord], _ looking: Looking
  ) async throws -> Int {
    var settled = 0
    var start = 0
    while start < attempts.count {
      let part = Array(attempts[start..<min(start + Self.batch, attempts.count)])
      settled += try await recordBatch(answer, part, looking)
      start += part.count
    }
    context.metrics.looked(settled: settled, of: attempts.count)
    context.logger.info(
      "reconciled", metadata: ["looked": "\(attempts.count)", "settled": "\(settled)"])
    return settled
  }

  private func recordBatch(
    _ answer: Answer, _ attempts: [AttemptRecord], _ looking: Looking
  ) async throws -> Int {
    let configuration = context.configuration
    let (settled, alerts) = try await context.store.write { store in
      var settled = 0
      var alerts: [(OperationID, String)] = []
      for attempt in attempts {
        // Somebody may have settled it since it was read.
        guard let current = try store.attempt(attempt.intent.org, attempt.intent.operation),
          current.isUnsettled
        else { continue }
        if let hit = try Self.hit(answer, current, store, configuration) {
          let applied = try AcceptanceProof(store: store).apply(
            current.intent, providerID: hit.id, source: hit.source)
          if let alert = applied.alert { alerts.append((current.intent.operation, alert)) }
          settled += 1
        } else if let asked = try Self.missed(
          current, answer, store, configuration.reconciliation, looking)
        {
          alerts.append((current.intent.operation, "person_asked.\(asked)"))
        }
      }
      return (settled, alerts)
    }
    for (operation, code) in alerts { warn(operation, code) }
    return settled
  }

  private static func hit(
    _ answer: Answer, _ attempt: AttemptRecord, _ store: any StoreTransaction,
    _ configuration: EngineConfiguration
  ) throws -> (id: String, source: String)? {
    switch answer {
    case .messages(let hits):
      let operation = attempt.intent.operation
      guard let id = hits[operation.rawValue],
        try !store.isElsewhere(attempt.intent.org, operation.action)
      else { return nil }
      return (id, "activity_search")
    case .texts(let texts):
      let match = SMSMatch(store: store, configuration: configuration)
      return try match.providerID(of: attempt, among: texts).map { ($0, "sms_report") }
    case .unsupported, .failed:
      return nil
    }
  }

  /// Counts the look, where one was due, and asks a person where looking is over or in vain.
  /// - Returns: the code of why a person was asked just now.
  private static func missed(
    _ attempt: AttemptRecord, _ answer: Answer, _ store: any StoreTransaction,
    _ schedule: ReconciliationSchedule, _ looking: Looking
  ) throws -> String? {
    guard let channel = attempt.intent.channel else { return nil }
    let due = schedule.looksDue(at: store.now, end: attempt.unknownSince)
    // Others' looks come along the way and are none of its own: the schedule counts time.
    let looks = looking.isScheduled ? due : max(due, 1)
    guard looks > attempt.looks else { return nil }
    try store.count(looks: looks, attempt.intent.org, attempt.intent.operation)
    let isOver = looks >= schedule.waits.count
    let why: String? =
      switch answer {
      // Only a webhook can still tell, and no webhook brings an SMS without its id.
      case .unsupported(let code): !looking.hasWebhook || channel == .sms || isOver ? code : nil
      case .messages, .texts: isOver ? "not_found" : nil
      case .failed(let code): isOver ? code : nil
      }
    guard let why, try PersonAsked.ask(attempt, why: why, store) else { return nil }
    return why
  }

  // MARK: - Asking a person

  private func ask(_ attempts: [AttemptRecord], why code: String) async throws {
    let open = attempts.filter { $0.outcome == "unknown" && $0.askedAt == nil }
    guard !open.isEmpty else { return }
    try await context.store.write { store in
      for attempt in open { _ = try PersonAsked.ask(attempt, why: code, store) }
    }
    for attempt in open { warn(attempt.intent.operation, "person_asked.\(code)") }
  }

  private func warn(_ operation: OperationID, _ code: String) {
    context.logger.warning(
      "an unknown outcome wants attention",
      metadata: ["operation": "\(operation.rawValue)", "code": "\(code)"])
  }
}

extension AttemptRecord {
  /// From when on the looks are counted.
  var unknownSince: Instant { endedAt ?? intent.at }

  /// Whether evidence may still settle or correct it.
  var isUnsettled: Bool {
    provenAt == nil && ["unknown", "abandoned", "left"].contains(outcome)
  }
}

/// A person is asked what became of an attempt, once.
enum PersonAsked {
  /// - Returns: whether the question is new.
  static func ask(
    _ attempt: AttemptRecord, why code: String, _ store: any StoreTransaction
  ) throws -> Bool {
    let (org, operation) = (attempt.intent.org, attempt.intent.operation)
    guard attempt.outcome == "unknown",
      try store.ask(org, operation, why: code, at: store.now),
      let state = try store.action(org, operation.action)
    else { return false }
    try Desk(store: store).append(
      state, "execution.person_asked",
      details: ["operation": .string(operation.rawValue), "code": .string(code)])
    return true
  }
}
