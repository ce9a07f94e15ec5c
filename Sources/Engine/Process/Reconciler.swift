import ActionProtocol
import Decisions
import Logging

/// Asks the provider what became of attempts whose outcome nobody knows. A hit proves; a miss does
/// not, and nothing is ever sent again from here.
public struct Reconciler: Sendable {
  /// Attempts begun this long before the earliest unsettled one are searched too: clocks differ.
  private static let slack: Duration = .seconds(600)

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Looks once for all unsettled attempts of an org.
  /// - Returns: how many were settled.
  @discardableResult
  public func reconcile(_ org: OrgID) async throws -> Int {
    let (organisation, unsettled) = try await context.store.read { store in
      (try store.organisation(org), try store.unsettledAttempts(org))
    }
    guard let organisation, !unsettled.isEmpty else { return 0 }
    var settled = 0
    for channel in OutreachChannel.allCases {
      let attempts = unsettled.filter { $0.intent.channel == channel }
      guard let earliest = attempts.map(\.intent.at).min() else { continue }
      let since = Instant(
        milliseconds: earliest.milliseconds - Self.slack.wholeMilliseconds)
      let answer = await search(organisation, channel, since)
      settled += try await record(answer, attempts)
    }
    return settled
  }

  private func search(
    _ organisation: Organisation, _ channel: OutreachChannel, _ since: Instant
  ) async -> SearchAnswer {
    switch context.channels.channel(for: organisation) {
    case .failure(let refusal): .failed(code: refusal.code)
    case .success(let way): await way.search(organisation.id, channel: channel, since: since)
    }
  }

  private func record(_ answer: SearchAnswer, _ attempts: [AttemptRecord]) async throws -> Int {
    let schedule = context.configuration.reconciliation
    let settled = try await context.store.write { store in
      var settled = 0
      for attempt in attempts {
        if case .found(let hits) = answer, let id = hits[attempt.intent.operation.rawValue] {
          try AcceptanceProof(store: store).apply(
            attempt.intent, providerID: id, source: "activity_search")
          settled += 1
        } else {
          try Self.lookAgain(attempt, answer, store, schedule)
        }
      }
      return settled
    }
    context.logger.info(
      "reconciled", metadata: ["looked": "\(attempts.count)", "settled": "\(settled)"])
    return settled
  }

  private static func lookAgain(
    _ attempt: AttemptRecord, _ answer: SearchAnswer, _ store: any StoreTransaction,
    _ schedule: ReconciliationSchedule
  ) throws {
    guard let channel = attempt.intent.channel else { return }
    try store.countLook(attempt.intent.org, attempt.intent.operation)
    if case .unsupported = answer { return }
    try store.put(
      DurableTimer(
        org: attempt.intent.org, kind: .reconcile, subject: channel.rawValue,
        due: store.now.advanced(by: schedule.delay(afterLooks: attempt.looks + 1))))
  }
}
