import ActionProtocol
import Decisions
import Insights

/// What an analysis found and what became of it.
public struct AnalysisReport: Sendable {
  public var id: String
  public var overdue: OverdueReport
  public var recommendation: Recommendation
  /// What customers' promises are worth; a broken one is a finding.
  public var promises: PromiseReport
  /// One per proposal of the recommendation, in its order; after a dry run, what would become of
  /// each.
  public var outcomes: [IntakeOutcome]
  /// What new payments led to; nil where the org confirms none, or another day was looked from.
  public var confirmations: ConfirmationReport?
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
    let delivery = context.configuration.delivery
    if !dryRun { try await Superseding(context).withdraw(org) }
    let (organisation, books, now) = try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      let day = asOf ?? organisation.day(store.now)
      let books = try store.books(org, asOf: day, remindedIn: delivery)
      return (organisation, books, store.now)
    }
    let submission = ProposalSubmission(context, author, via: via)
    if !dryRun {
      try submission.mayStore(asOf ?? organisation.day(now), today: organisation.day(now))
    }
    let id = context.entropy.uuid7(now)
    let report = OverdueAnalysis.analyze(books)
    let recommender = ReminderRecommender(
      ladder: .of(organisation.ladder), rules: organisation.reminders, drafting: context.drafting,
      now: now, analysisID: id)
    var asked = try await marked(books, report)
    var recommendation = recommender.recommend(report, asked)
    if !dryRun, try await complete(&asked, organisation, recommendation, submission) {
      recommendation = recommender.recommend(OverdueAnalysis.analyze(asked), asked)
    }
    let outcomes = try await submission.outcomes(of: recommendation.proposals, dryRun: dryRun)
    let isToday = books.asOf == organisation.day(now)
    return AnalysisReport(
      id: id, overdue: report, recommendation: recommendation, promises: books.promises,
      outcomes: outcomes,
      confirmations: isToday
        ? try await ConfirmationAnalyst(context).confirm(organisation, id, submission, dryRun)
        : nil)
  }

  /// Adds what customers may see of the invoices of reminders that are new.
  /// - Returns: whether there is any.
  private func complete(
    _ books: inout BooksSnapshot, _ organisation: Organisation, _ recommendation: Recommendation,
    _ submission: ProposalSubmission
  ) async throws -> Bool {
    guard organisation.books.kind == .odoo, !organisation.books.documents.isOff,
      context.books.writeRefusal(for: organisation) == nil
    else { return false }
    let outcomes = try await submission.outcomes(of: recommendation.proposals, dryRun: true)
    let new = zip(recommendation.proposals, outcomes).compactMap { proposal, outcome -> [Int64]? in
      guard case .created = outcome, proposal.actionType == .sendInvoiceReminder else { return nil }
      return proposal.affectedRecords.ids
    }
    guard !new.isEmpty,
      case .success(let outside) = await context.books.books(of: organisation)
    else { return false }
    let documents = await outside.documents(of: new.flatMap { $0 }, context.blobs)
    for place in books.invoices.indices {
      books.invoices[place].document = documents[books.invoices[place].id]
    }
    return !documents.isEmpty
  }

  /// The books, with the addresses that must not be written to, and the clocks that countries tell.
  private func marked(
    _ books: BooksSnapshot, _ report: OverdueReport
  ) async throws -> BooksSnapshot {
    let customers = Set(report.customers.map(\.partnerID))
    return try await context.store.read { store in
      var books = books
      try ClosedAddresses.mark(
        &books.partners, of: customers, for: .sendInvoiceReminder, books.company.orgID, store)
      for place in books.partners.indices where customers.contains(books.partners[place].id) {
        books.partners[place].tellZone()
      }
      return books
    }
  }
}
