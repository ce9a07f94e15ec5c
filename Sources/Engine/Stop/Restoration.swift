import ActionProtocol
import Decisions
import Logging

/// Brings a restored database together with what has really been sent since it was saved.
///
/// While it is stopped for that, three things have to be done, and each may be done again: what the
/// provider's activity shows of live actions is completed and never sent again; what was being
/// carried out is of unknown outcome; and what was approved before the restore and the activity does
/// not show goes back for approval, because a miss proves nothing. Operations on the embedded ledger
/// are left alone: their effects went back with the database.
public struct Restoration: Sendable {
  /// What happened this long before the end of what the database knows is searched too: clocks
  /// differ.
  private static let slack: Duration = .seconds(600)
  /// So many actions share one transaction.
  private static let batch = 50
  private static let all = 1_000_000

  let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Begins a new epoch in a backup that is put in the place of a database: everything is stopped,
  /// and what its processes had begun is of unknown outcome, because none of them lives.
  ///
  /// Called inside a transaction on a database that nobody else has open.
  /// - Returns: what has to be remembered outside the database.
  public static func begin(
    _ store: any StoreTransaction, entropy: Entropy,
    schedule: ReconciliationSchedule = .standard
  ) throws -> EpochMark {
    let epoch = try EpochCheck.begin(anewBecause: .restored, store, entropy)
    for boot in try store.liveBoots() {
      try Recovery.leaveUnknown(of: boot.id, store, schedule, code: "restored")
      try store.end(boot.id, cause: "restored")
    }
    return EpochMark(epoch: epoch, auditTotal: try store.auditTotal())
  }

  /// The stop of a restored database; nil where there is none.
  public func pending() async throws -> Stop? {
    try await context.store.read { try $0.stops().first { $0.cause == .restored } }
  }

  /// Does all three.
  ///
  /// - Parameter trusting: goes on where the provider's activity cannot be read: then everything that
  ///   was approved is asked about without knowing what was sent.
  /// - Throws: ``DecisionError`` `restore.not_restored` where the database was not restored.
  public func reconcile(
    withoutActivity trusting: Bool = false, by: Author, via: String,
    progress: @escaping @Sendable (RestorationReport) -> Void = { _ in }
  ) async throws -> RestorationReport {
    guard let stop = try await pending() else { throw Self.notRestored }
    var report = RestorationReport(knownUntil: stop.knownUntil)
    report.unknown = try await Recovery(context).recover().count
    let organisations = try await context.store.read { try $0.organisations() }
    for organisation in organisations.sorted(by: { $0.id.rawValue < $1.id.rawValue }) {
      try await search(organisation, stop, &report)
      progress(report)
    }
    guard report.failures.isEmpty || trusting else { return report }
    for organisation in organisations {
      try await askAgain(organisation, stop, by: by, via: via, &report, progress)
    }
    report.isDone = true
    context.logger.notice(
      "reconciled a restored database",
      metadata: [
        "completed": "\(report.completed)", "asked": "\(report.askedAgain)",
        "unknown": "\(report.unknown)", "foreign": "\(report.foreign)",
      ])
    return report
  }

  /// Refuses while something approved before is left that could go out twice.
  static func mustBeDone(_ stop: Stop, _ store: any StoreReading) throws {
    for organisation in try store.organisations() {
      guard try approvedBefore(stop, organisation.id, store, limit: 1).isEmpty else {
        throw DecisionError(
          .conflict, "restore.not_reconciled",
          "The database was restored, and what was approved before has not been reconciled.",
          remedy: "Run `aiom resume`, which does it first.")
      }
    }
  }

  /// Approved actions whose messages may have gone out after the database was saved.
  private static func approvedBefore(
    _ stop: Stop, _ org: OrgID, _ store: any StoreReading, limit: Int
  ) throws -> [ActionState] {
    let approved = try store.actions(org, ActionFilter(statuses: [.approved], limit: all))
    return Array(approved.lazy.filter { isApproved($0, before: stop) }.prefix(limit))
  }

  private static func isApproved(_ state: ActionState, before stop: Stop) -> Bool {
    guard state.status == .approved, state.channel != nil, let approval = state.approval else {
      return false
    }
    return stop.knownUntil.map { approval.at <= $0 } ?? true
  }

  private static var notRestored: DecisionError {
    DecisionError(
      .conflict, "restore.not_restored", "The database was not restored; nothing is to reconcile.",
      remedy: "`aiom doctor` shows what is stopped.")
  }

  // MARK: - Asking the provider

  private func search(
    _ organisation: Organisation, _ stop: Stop, _ report: inout RestorationReport
  ) async throws {
    // Nothing was ever recorded: nothing can have been approved.
    guard let knownUntil = stop.knownUntil else { return }
    let since = Instant(milliseconds: knownUntil.milliseconds - Self.slack.wholeMilliseconds)
    let live = try await liveChannels(organisation.id)
    guard case .success(let way) = context.channels.channel(for: organisation) else {
      if !live.isEmpty { report.failures.append((organisation.id, "no_channel")) }
      return
    }
    switch await way.search(organisation.id, channel: .email, since: since) {
    case .found(let hits):
      try await complete(hits, organisation, &report)
    case .unsupported(let code), .failed(let code):
      if live.contains(.email) { report.failures.append((organisation.id, code)) }
    }
    guard live.contains(.sms) else { return }
    switch await way.sentSMS(organisation.id, since: since) {
    case .found(let texts):
      try await complete(texts, organisation, &report)
    case .unsupported(let code), .failed(let code):
      report.failures.append((organisation.id, code))
    }
  }

  /// The channels of what could still be sent.
  private func liveChannels(_ org: OrgID) async throws -> Set<OutreachChannel> {
    let statuses: [ActionStatus] = [.pendingApproval, .approved, .executing]
    return try await context.store.read { store in
      Set(
        try store.actions(org, ActionFilter(statuses: statuses, limit: Self.all))
          .compactMap(\.channel))
    }
  }

  private func complete(
    _ hits: [String: String], _ organisation: Organisation, _ report: inout RestorationReport
  ) async throws {
    let found = hits.sorted { $0.key < $1.key }.compactMap { text, id in
      OperationEcho.read(text).map { SentMessage(operation: $0, providerID: id) }
    }
    let prices = context.configuration.prices
    for start in stride(from: 0, to: found.count, by: Self.batch) {
      let part = Array(found[start..<min(start + Self.batch, found.count)])
      let outcomes = try await context.store.write { store in
        let work = LostSends(store: store, organisation: organisation, prices: prices)
        return try part.map { try work.apply($0) }
      }
      for outcome in outcomes { report.count(outcome) }
    }
  }

  /// SMS carry no reference: a line of the report belongs to a live action of the same number and
  /// text, one line each.
  private func complete(
    _ texts: [ReportedSMS], _ organisation: Organisation, _ report: inout RestorationReport
  ) async throws {
    let configuration = context.configuration
    let outcomes = try await context.store.write { store in
      try LostSends(store: store, organisation: organisation, prices: configuration.prices)
        .apply(texts, configuration)
    }
    for outcome in outcomes { report.count(outcome) }
  }

  // MARK: - Asking a person

  private func askAgain(
    _ organisation: Organisation, _ stop: Stop, by: Author, via: String,
    _ report: inout RestorationReport, _ progress: @Sendable (RestorationReport) -> Void
  ) async throws {
    let org = organisation.id
    let left = try await context.store.read {
      try Self.approvedBefore(stop, org, $0, limit: Self.all).map(\.id)
    }
    for start in stride(from: 0, to: left.count, by: Self.batch) {
      let part = left[start..<min(start + Self.batch, left.count)]
      report.askedAgain += try await context.store.write { store in
        var asked = 0
        for id in part {
          guard var state = try store.action(org, id), Self.isApproved(state, before: stop) else {
            continue
          }
          try Desk(store: store).revise(
            &state, try Approvals.proposal(of: state, store), organisation, by: by, via: via,
            cause: "restored")
          asked += 1
        }
        return asked
      }
      progress(report)
    }
  }
}

/// What became of the actions of a restored database.
public struct RestorationReport: Sendable {
  /// What happened after this instant is not in the database.
  public let knownUntil: Instant?
  /// Live actions that the provider's activity shows as sent.
  public var completed = 0
  /// Actions that were being carried out and whose outcome is unknown now.
  public var unknown = 0
  /// Approved actions that the activity does not show: they wait for a new approval.
  public var askedAgain = 0
  /// Messages of actions that this database does not know, or knows as ended.
  public var foreign = 0
  /// Where the activity could not be read, and why.
  public var failures: [(org: OrgID, code: String)] = []
  /// Whether all was done and the stop can be lifted.
  public var isDone = false

  mutating func count(_ outcome: LostSends.Outcome) {
    switch outcome {
    case .known: break
    case .completed: completed += 1
    case .foreign: foreign += 1
    }
  }
}
