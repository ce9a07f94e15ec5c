import ActionProtocol
import Decisions
import Insights

/// What a sales analysis found and what became of it.
public struct SalesAnalysisReport: Sendable {
  public var id: String
  public var sales: SalesReport
  public var recommendation: DealRecommendation
  /// One per proposal of the recommendation, in its order; after a dry run, what would become of each.
  public var outcomes: [IntakeOutcome]
}

/// Looks at the deals and hands follow-ups on stalled ones to Intake. Nothing is sent.
public struct SalesAnalyst: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// - Parameters:
  ///   - asOf: the day to look from; nil: today in the org's zone.
  ///   - dryRun: find and draft, store nothing.
  /// - Throws: ``DecisionError`` for an unknown org, and for another day whose letters would be
  ///   stored: a future one always, a past one in live; store errors.
  public func analyze(
    _ org: OrgID, asOf: LocalDate?, dryRun: Bool, by author: Author, via: String
  ) async throws -> SalesAnalysisReport {
    if !dryRun { try await Superseding(context).withdraw(org) }
    let (organisation, pipeline, now) = try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      let day = asOf ?? organisation.day(store.now)
      return (organisation, try store.pipeline(org, asOf: day), store.now)
    }
    let submission = ProposalSubmission(context, author, via: via)
    if !dryRun {
      try submission.mayStore(asOf ?? organisation.day(now), today: organisation.day(now))
    }
    let id = context.entropy.uuid7(now)
    let report = SalesAnalysis.analyze(
      pipeline, rules: SalesRules(currency: organisation.profile.currency))
    let recommendation = DealRecommender(drafting: context.drafting, now: now, analysisID: id)
      .recommend(report, try await marked(pipeline, report))
    return SalesAnalysisReport(
      id: id, sales: report, recommendation: recommendation,
      outcomes: try await submission.outcomes(of: recommendation.proposals, dryRun: dryRun))
  }

  /// The pipeline, with the addresses that must not be written to, and the clocks that countries tell.
  private func marked(
    _ pipeline: PipelineSnapshot, _ report: SalesReport
  ) async throws -> PipelineSnapshot {
    let customers = Set(report.stalled.compactMap(\.deal.partnerID))
    return try await context.store.read { store in
      var pipeline = pipeline
      try ClosedAddresses.mark(
        &pipeline.partners, of: customers, for: .followUpOnStaleDeal, pipeline.company.orgID,
        store)
      for place in pipeline.partners.indices
      where customers.contains(pipeline.partners[place].id) {
        pipeline.partners[place].tellZone()
      }
      return pipeline
    }
  }
}
