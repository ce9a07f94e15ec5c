import ActionProtocol
import Decisions

/// What anti-spam would say of actions now, for lists and pages of many cards. Nothing is changed.
public struct GuardPreview: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// The verdict of each action whose operation a customer sees; each question is asked once for all of
  /// them, in one transaction.
  /// - Throws: a store error.
  public func verdicts(
    _ org: OrgID, _ ids: [ActionID]
  ) async throws -> [ActionID: GuardVerdict] {
    let prices = context.configuration.prices
    return try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { return [:] }
      let states = try store.actions(org, ids).compactMap(\.self)
      let asked = try zip(states, store.revisions(of: states)).map { state, revision in
        (state, OutreachReadingPlan(try Approvals.proposal(of: state, revision), state.partner))
      }
      let records = try store.records(
        Set(asked.flatMap { _, reading in reading.records.map { OrgRecord(org, $0) } }))
      func record(_ reference: RecordReference) throws -> LedgerRecord? {
        try records[OrgRecord(org, reference)] ?? store.record(org, reference)
      }
      let questions = try asked.compactMap { state, reading in
        try reading.question(
          organisation, state.delivery, reading.parties(record: record), now: store.now
        ).map { (state, reading, $0) }
      }
      let facts = try store.outreachFacts(questions.map(\.2))
      var verdicts: [ActionID: GuardVerdict] = [:]
      for ((state, reading, _), facts) in zip(questions, facts) {
        verdicts[state.id] = try reading.verdict(
          facts, organisation, state, prices, isWaived: reading.isWaived(state, store),
          now: store.now, record: record)
      }
      return verdicts
    }
  }
}
