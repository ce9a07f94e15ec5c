import ActionProtocol
import Insights

/// A briefing of the archive.
public struct BriefingRecord: Hashable, Sendable {
  public var org: OrgID
  public var madeAt: Instant
  public var briefing: Briefing

  public init(org: OrgID, madeAt: Instant, briefing: Briefing) {
    self.org = org
    self.madeAt = madeAt
    self.briefing = briefing
  }
}

/// Briefings and what they are made of: reading, inside a transaction.
public protocol BriefingReading {
  /// The newest of a kind, of a day or of all.
  func briefing(_ org: OrgID, _ kind: Briefing.Kind, on day: LocalDate?) throws -> BriefingRecord?
  /// The newest of all kinds.
  func briefings(_ org: OrgID, limit: Int) throws -> [BriefingRecord]
  /// Actions that ended from one instant up to another, by type, end and who let them happen.
  func doneActions(_ org: OrgID, from start: Instant, to end: Instant) throws -> [DoneActions]
  /// Payments that became known since, by currency.
  func paymentsKnown(_ org: OrgID, since: Instant) throws -> [Money]
  /// Pending proposals that end, and follow-ups that come due, up to an instant.
  func comingUp(_ org: OrgID, until end: Instant) throws -> (expiring: Int, followUps: Int)
}

/// Briefings: writing, inside a transaction.
public protocol BriefingWriting {
  /// Keeps a briefing; an earlier one of its kind and day is replaced.
  func save(_ briefing: BriefingRecord) throws
}
