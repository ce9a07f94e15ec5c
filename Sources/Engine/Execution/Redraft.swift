import ActionProtocol
import Decisions
import Insights

/// What was approved is no longer true: the approval is void, and a new revision asks again with the
/// facts of now.
///
/// A consolidated reminder loses the invoices that were paid, disputed, put on hold or changed; when none
/// is left it ends: withdrawn where somebody put one on hold, else with `nothing_left_to_remind`.
/// Nothing is sent here.
struct Redraft {
  static let nothingLeft = "nothing_left_to_remind"

  private let context: EngineContext
  /// What books outside said just now: newer than what was brought from them.
  private let outside: LiveReading?

  init(_ context: EngineContext, outside: LiveReading? = nil) {
    self.context = context
    self.outside = outside
  }

  /// Codes that say nothing about the books: the same content is asked for again.
  private static let aboutTheApproval: Set<String> = [
    "approval_missing", "digest_changed", "delivery_mode_changed",
    SenderProblem.withdrawn.rawValue, IntentTransaction.policyChanged,
  ]

  func redraft(_ prepared: PreparedAction, code: String) async throws -> ExecutionReport {
    let (drafting, outside) = (context.drafting, outside)
    return try await context.store.write { store in
      guard var state = try store.action(prepared.state.org, prepared.state.id),
        state.version == prepared.state.version
      else { return Self.report(prepared, .skipped) }
      let desk = Desk(store: store)
      guard state.type == .sendInvoiceReminder, !Self.aboutTheApproval.contains(code) else {
        let isAboutSender = code == SenderProblem.withdrawn.rawValue
        try desk.revise(
          &state, prepared.proposal, prepared.organisation, by: .engine, via: "engine",
          cause: isAboutSender ? SenderAsking.cause : "asked_again",
          details: ["code": .string(code)])
        return Self.asked(prepared, code, at: store.now)
      }
      return try Self.remindAnew(&state, prepared, code, (drafting, outside), store)
    }
  }

  private static func remindAnew(
    _ state: inout ActionState, _ prepared: PreparedAction, _ code: String,
    _ means: (drafting: any MessageDrafting, outside: LiveReading?),
    _ store: any StoreTransaction
  ) throws -> ExecutionReport {
    let desk = Desk(store: store)
    guard var fresh = try freshReminder(state, prepared, means, store) else {
      var clock = prepared.clock
      if let hold = try CollectionGate.hold(on: prepared.proposal, of: state.org, store) {
        try desk.withdraw(&state, because: hold, clock: &clock)
        return report(prepared, .failed(code: hold.code), clock)
      }
      try desk.fail(&state, code: nothingLeft, clock: &clock)
      return report(prepared, .failed(code: nothingLeft), clock)
    }
    fresh.idempotencyKey = state.key
    state.facts = Finding(fresh)?.facts
    try store.replaceLiveRecords(of: state, records: fresh.affectedRecords.references)
    try desk.revise(
      &state, fresh, prepared.organisation, by: .engine, via: "engine", cause: "facts_changed",
      details: ["code": .string(code)])
    return asked(prepared, code, at: store.now)
  }

  /// The reminder that the books ask for now, for the same customer and currency.
  private static func freshReminder(
    _ state: ActionState, _ prepared: PreparedAction,
    _ means: (drafting: any MessageDrafting, outside: LiveReading?),
    _ store: any StoreTransaction
  ) throws -> Proposal? {
    let organisation = prepared.organisation
    let today = organisation.day(store.now)
    var books = try store.books(state.org, asOf: today, remindedIn: state.delivery)
    let still = Set(prepared.proposal.affectedRecords.ids)
    books.invoices = books.invoices.filter { still.contains($0.id) }
    let documents = ProposalDocuments(prepared.proposal)
    for place in books.invoices.indices {
      books.invoices[place].document = documents[books.invoices[place].id]
    }
    if let outside = means.outside { books.correct(by: outside) }
    // It was proposed, and let go, when these allowed it.
    var rules = organisation.reminders
    (rules.intervalDays, rules.paymentsAgeDays) = (0, nil)
    let recommender = ReminderRecommender(
      ladder: .of(organisation.ladder), rules: rules, drafting: means.drafting,
      now: store.now, analysisID: prepared.proposal.analysisID)
    let proposals = recommender.recommend(OverdueAnalysis.analyze(books), books).proposals
    return proposals.first { $0.actionType == .sendInvoiceReminder }
  }

  /// The report of a new revision, with the stage that found the old one wanting.
  private static func asked(
    _ prepared: PreparedAction, _ code: String, at now: Instant
  ) -> ExecutionReport {
    var clock = prepared.clock
    let checked = clock.records.contains { $0.stage == .approvalCheck }
    clock.finish(
      checked ? .revalidation : .approvalCheck, at: now, result: "failed", detail: code)
    return report(prepared, .reapproval(code: code), clock)
  }

  private static func report(
    _ prepared: PreparedAction, _ outcome: ExecutionReport.Outcome, _ clock: StageClock? = nil
  ) -> ExecutionReport {
    ExecutionReport(
      org: prepared.state.org, id: prepared.state.id, revision: prepared.state.revision,
      outcome: outcome, stages: (clock ?? prepared.clock).records)
  }
}

/// What a proposer's finding was made of, as its metadata says.
struct Finding {
  let key: String
  let facts: String

  init?(_ proposal: Proposal) {
    guard case .object(let finding)? = proposal.metadata["finding"],
      case .string(let key)? = finding["key"], let facts = finding["facts"]
    else { return nil }
    self.key = key
    self.facts = String(decoding: CanonicalJSON.encode(facts), as: UTF8.self)
  }
}
