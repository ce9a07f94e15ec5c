import ActionProtocol
import Insights

/// Takes what analyses found into the findings, each source in one transaction, and alerts to what is
/// critical.
public struct FindingWork: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Computes the financial figures and takes their findings.
  /// - Throws: ``DecisionError`` for an unknown org; store errors. Nothing is changed then.
  func takeFinancial(
    _ org: OrgID, by author: Author, via: String
  ) async throws -> FindingBook.Outcome {
    let report = try await FinanceAnalyst(context).analyze(org, asOf: nil)
    let organisation = try await context.store.read { try $0.organisation(org) }
    guard let organisation else { throw Approvals.noOrg(org) }
    let formats = MessageFormats(localeIdentifier: organisation.profile.locale)
    return try await take(
      report.findings(formats), from: .financial, org, by: author, via: via)
  }

  /// Looks at tasks and projects and takes what is found.
  /// - Throws: ``DecisionError`` for an unknown org; store errors. Nothing is changed then.
  func takeTasks(
    _ org: OrgID, by author: Author, via: String
  ) async throws -> (report: WorkReport, outcome: FindingBook.Outcome) {
    let report = try await WorkAnalyst(context).analyze(org)
    guard let organisation = try await context.store.read({ try $0.organisation(org) }) else {
      throw Approvals.noOrg(org)
    }
    let formats = MessageFormats(localeIdentifier: organisation.profile.locale)
    return (
      report,
      try await take(report.findings(formats), from: .tasks, org, by: author, via: via)
    )
  }

  /// - Parameter drafts: everything that the source finds now: what is not among them is over.
  func take(
    _ drafts: [FindingDraft], from source: FindingSource, _ org: OrgID, by author: Author,
    via: String
  ) async throws -> FindingBook.Outcome {
    let outcome = try await context.store.write { store in
      try FindingBook(store: store, org: org, author: author, via: via).take(drafts, from: source)
    }
    try await CriticalAlerts(context).tell(org, via: via)
    return outcome
  }
}
