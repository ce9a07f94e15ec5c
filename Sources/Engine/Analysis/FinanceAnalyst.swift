import ActionProtocol
import Insights

/// Computes what a company has, is owed and owes. Changes nothing.
public struct FinanceAnalyst: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// - Parameter asOf: the day to look from; nil: today in the org's zone.
  /// - Throws: ``DecisionError`` for an unknown org; store errors.
  public func analyze(_ org: OrgID, asOf: LocalDate?) async throws -> FinanceReport {
    let (snapshot, rules, today) = try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      let today = organisation.day(store.now)
      return (try store.finance(org, asOf: asOf ?? today), organisation.finance, today)
    }
    return FinanceAnalysis.analyze(
      snapshot, rules: rules, hasBillsOfThen: snapshot.books.asOf >= today)
  }
}
