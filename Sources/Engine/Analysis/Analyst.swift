import ActionProtocol
import Decisions
import Insights

/// What an analysis found and what became of it.
public struct AnalysisReport: Sendable {
  public var id: String
  public var overdue: OverdueReport
  public var recommendation: Recommendation
  /// One per proposal of the recommendation, in its order; after a dry run, what would become of
  /// each.
  public var outcomes: [IntakeOutcome]
}

/// Runs the analyzers over one reading of the books and hands their proposals to Intake: the Action
/// Recommender. No model is needed, and nothing is sent.
public struct Analyst: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// - Parameters:
  ///   - asOf: the day to look from; nil: today in the org's zone.
  ///   - dryRun: find and draft, store nothing.
  /// - Throws: ``DecisionError`` for an unknown org, and for another day whose letters would be
  ///   stored: a future one always, a past one in live; store errors.
  public func analyze(
    _ org: OrgID, asOf: LocalDate?, dryRun: Bool, by author: Author, via: String
  ) async throws -> AnalysisReport {
    let (organisation, books, now) = try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      let day = asOf ?? organisation.day(store.now)
      return (organisation, try store.books(org, asOf: day), store.now)
    }
    if !dryRun { try mayStore(asOf ?? organisation.day(now), today: organisation.day(now)) }
    let id = context.entropy.uuid7(now)
    let report = OverdueAnalysis.analyze(books)
    let ladder = DunningLadder(name: "org", steps: organisation.ladder) ?? .standard
    let recommender = ReminderRecommender(
      ladder: ladder, drafting: context.drafting, now: now, analysisID: id)
    let asked = try await marked(books, report)
    let recommendation = recommender.recommend(report, asked)
    let outcomes =
      dryRun
      ? try await rehearse(recommendation.proposals, by: author, via: via)
      : try await submit(recommendation.proposals, by: author, via: via)
    return AnalysisReport(
      id: id, overdue: report, recommendation: recommendation, outcomes: outcomes)
  }

  /// The books, with the addresses that must not be written to, and the clocks that countries tell.
  private func marked(
    _ books: BooksSnapshot, _ report: OverdueReport
  ) async throws -> BooksSnapshot {
    let customers = Set(report.customers.map(\.partnerID))
    return try await context.store.read { store in
      var books = books
      try ClosedAddresses.mark(&books, of: customers, store)
      for place in books.partners.indices where customers.contains(books.partners[place].id) {
        books.partners[place].tellZone()
      }
      return books
    }
  }

  /// A letter says how many days an invoice is overdue; approved and sent, it says so today.
  private func mayStore(_ day: LocalDate, today: LocalDate) throws {
    let isLive = context.configuration.delivery == .live
    guard day == today || (day < today && !isLive) else {
      throw DecisionError(
        .invalid, day > today ? "analyze.future" : "analyze.past",
        "The letters of \(day.iso) would be wrong in a message that is sent today, \(today.iso).",
        remedy: "Add --dry-run to look at that day, or leave --as-of out.")
    }
  }

  /// So many per transaction: others are let in between.
  private static let rehearsalBatch = 200

  private func rehearse(
    _ proposals: [Proposal], by author: Author, via: String
  ) async throws -> [IntakeOutcome] {
    var outcomes: [IntakeOutcome] = []
    for start in stride(from: 0, to: proposals.count, by: Self.rehearsalBatch) {
      let batch = Array(proposals[start..<min(start + Self.rehearsalBatch, proposals.count)])
      outcomes += try await Intake(context).rehearse(batch, by: author, via: via)
    }
    return outcomes
  }

  /// Several at a time, so that they share their commits.
  private static let concurrentSubmissions = 16

  /// - Returns: the outcomes in the order of the proposals.
  private func submit(
    _ proposals: [Proposal], by author: Author, via: String
  ) async throws -> [IntakeOutcome] {
    let intake = Intake(context)
    return try await withThrowingTaskGroup(of: (Int, IntakeOutcome).self) { group in
      var outcomes = [IntakeOutcome?](repeating: nil, count: proposals.count)
      for (index, proposal) in proposals.enumerated() {
        if index >= Self.concurrentSubmissions, let (place, outcome) = try await group.next() {
          outcomes[place] = outcome
        }
        group.addTask { (index, try await intake.submit(proposal, by: author, via: via)) }
      }
      for try await (place, outcome) in group { outcomes[place] = outcome }
      return outcomes.compactMap { $0 }
    }
  }
}
