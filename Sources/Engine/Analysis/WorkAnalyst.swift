import ActionProtocol
import Decisions
import Insights

/// Looks at tasks and projects, and at customers who owe and are being sold to. Changes nothing.
public struct WorkAnalyst: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// As of now: books keep no history of tasks.
  /// - Throws: ``DecisionError`` for an unknown org; store errors.
  public func analyze(_ org: OrgID) async throws -> WorkReport {
    let (work, books) = try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      let today = organisation.day(store.now)
      return (try store.work(org, on: today), try store.books(org, asOf: today))
    }
    return WorkAnalysis.analyze(work, debts: OverdueAnalysis.analyze(books).customers)
  }
}
