import ActionProtocol
import Decisions
import Insights

/// What each job does. Every one takes up where things stand and may be cut off at any point, so
/// that a run which is repeated does nothing twice.
struct JobWork: Sendable {
  /// Ended runs are kept this long, and of each job at most so many.
  static let historyRetention: Duration = .seconds(30 * 86_400)
  static let historyLength = 1000
  /// So much is erased in one transaction: others are let in between.
  private static let batch = 500

  let context: EngineContext

  /// - Returns: what was done, in numbers.
  func perform(_ name: JobName, _ org: OrgID) async throws -> JSONObject {
    switch name {
    case .expire:
      // Deadlines end even where the books cannot be read.
      let expired = try await Expiry(context).expire(org)
      let withdrawn = try await Superseding(context).withdraw(org)
      return [
        "expired": .integer(Int64(expired.count)), "withdrawn": .integer(Int64(withdrawn.count)),
      ]
    case .reconcile:
      return ["armed": .integer(Int64(try await armLooks(org)))]
    case .sync:
      return try await Syncer(context).run(org)?.json ?? [:]
    case .financialAnalysis:
      return try await analyze(org)
    case .salesAnalysis:
      return try await analyzeSales(org)
    case .taskAnalysis:
      return try await analyzeTasks(org)
    case .briefing:
      return try await brief(org, .morning)
    case .eveningSummary:
      return try await brief(org, .evening)
    case .notices:
      return try await PersonNotices(context).tell(org, via: "job")?.json ?? [:]
    case .retention:
      return try await erase(org)
    }
  }

  /// A process that dies between two looks takes the next one with it; here it is set again. A look
  /// that is set stays as it is.
  private func armLooks(_ org: OrgID) async throws -> Int {
    let configuration = context.configuration
    return try await context.store.write { store in
      let channels = Set(try store.unsettledAttempts(org).compactMap(\.intent.channel))
      let forgotten = try channels.filter {
        try store.timer(org, .reconcile, subject: $0.rawValue) == nil
      }
      try Reconciler.arm(org, store, configuration, only: Array(forgotten))
      return forgotten.count
    }
  }

  private func analyze(_ org: OrgID) async throws -> JSONObject {
    let report = try await Analyst(context).analyze(
      org, asOf: nil, dryRun: false, by: .analyzer, via: "job")
    let found = try await FindingWork(context).takeFinancial(org, by: .analyzer, via: "job")
    return Self.told(
      "customers", report.overdue.customers.count,
      report.outcomes + (report.confirmations?.outcomes ?? []), found)
  }

  private func analyzeSales(_ org: OrgID) async throws -> JSONObject {
    let report = try await SalesAnalyst(context).analyze(
      org, asOf: nil, dryRun: false, by: .analyzer, via: "job")
    let found = try await FindingWork(context).take(
      report.sales.findings(), from: .sales, org, by: .analyzer, via: "job")
    return Self.told("stalled", report.sales.stalled.count, report.outcomes, found)
  }

  private func analyzeTasks(_ org: OrgID) async throws -> JSONObject {
    let (report, found) = try await FindingWork(context).takeTasks(org, by: .analyzer, via: "job")
    var told: JSONObject = [
      "open": .integer(Int64(report.open)), "overdue": .integer(Int64(report.overdue.count)),
      "findings": .integer(Int64(found.holding)), "new_findings": .integer(Int64(found.opened)),
    ]
    let notices = try await TaskNotifier(context).notify(org, of: report, by: .analyzer, via: "job")
    if let notices {
      told["proposed"] = .integer(Int64(notices.outcomes.count { $0.isNew }))
      told["unreachable"] = .integer(Int64(notices.unreachable))
    }
    return told
  }

  private static func told(
    _ name: String, _ found: Int, _ outcomes: [IntakeOutcome], _ findings: FindingBook.Outcome
  ) -> JSONObject {
    let created = outcomes.count { $0.isNew }
    let refused = outcomes.count { if case .invalid = $0 { true } else { false } }
    return JSONObject([
      (name, .integer(Int64(found))), ("proposed", .integer(Int64(created))),
      ("refused", .integer(Int64(refused))), ("findings", .integer(Int64(findings.holding))),
      ("new_findings", .integer(Int64(findings.opened))),
    ])
  }

  private func brief(_ org: OrgID, _ kind: Briefing.Kind) async throws -> JSONObject {
    let briefing = try await Briefer(context).keep(org, kind, by: .analyzer, via: "job")
    var told: JSONObject = ["sections": .integer(Int64(briefing?.sections.count ?? 0))]
    if let briefing, let outcomes = try await BriefingPost(context).send(briefing, org, via: "job")
    {
      told["proposed"] = .integer(Int64(outcomes.count { $0.isNew }))
    }
    return told
  }

  private func erase(_ org: OrgID) async throws -> JSONObject {
    var events = 0
    while true {
      try Task.checkCancellation()
      let erased = try await context.store.write { store in
        try store.eraseRawEvents(
          org, before: store.now.advanced(by: .zero - TrackingService.rawRetention),
          limit: Self.batch)
      }
      events += erased
      if erased < Self.batch { break }
    }
    var replays = 0
    while true {
      try Task.checkCancellation()
      let erased = try await context.store.write { store in
        try store.eraseReplays(
          org, before: store.now.advanced(by: .zero - Replays.memory), limit: Self.batch)
      }
      replays += erased
      if erased < Self.batch { break }
    }
    let runs = try await context.store.write { store in
      try JobName.allCases.map { name in
        try store.eraseJobRuns(
          org, name, before: store.now.advanced(by: .zero - Self.historyRetention),
          keeping: Self.historyLength)
      }.reduce(0, +)
    }
    return [
      "events": .integer(Int64(events)), "replays": .integer(Int64(replays)),
      "runs": .integer(Int64(runs)),
    ]
  }
}
