import ActionProtocol
import Decisions
import Insights

/// Proposals that rest on nothing any more, inside a transaction.
public protocol SupersededReading {
  /// Pending and approved actions of a delivery mode about records of which none is left to act on, by
  /// id. Costs what waits, not what ever was.
  /// - Parameters:
  ///   - day: today in the org's zone; an invoice that is due later is not asked for.
  ///   - limit: at most so many.
  func superseded(
    _ org: OrgID, in delivery: DeliveryMode, on day: LocalDate, limit: Int
  ) throws -> [SupersededAction]
}

/// An action whose records are all settled, and how.
public struct SupersededAction: Hashable, Sendable {
  public var id: ActionID
  /// How many records there are of each; together all of the action's.
  public var reasons: [SupersededReason: Int]

  public init(id: ActionID, reasons: [SupersededReason: Int]) {
    self.id = id
    self.reasons = reasons
  }
}
