import ActionProtocol
import Insights

/// Tasks and projects, inside a transaction.
public protocol WorkReading {
  /// What there is to do as of now: open tasks, projects without any, deals that are open. Costs what is
  /// open, not what ever was.
  /// - Parameter day: today in the org's zone.
  func work(_ org: OrgID, on day: LocalDate) throws -> WorkSnapshot
}
