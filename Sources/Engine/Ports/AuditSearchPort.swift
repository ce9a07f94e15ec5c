import ActionProtocol
import Decisions

/// What a search of the audit log is narrowed by. The newest entries come first.
public struct AuditFilter: Hashable, Sendable {
  public var action: ActionID?
  /// As it stands in an entry: `person:ann`, `system:engine`.
  public var actor: String?
  /// `action.approved`, or the beginning up to a dot: `action`.
  public var kind: String?
  /// Not before.
  public var from: Instant?
  /// Before.
  public var to: Instant?
  /// Only entries of smaller numbers.
  public var before: Int64?
  /// 1 to 10 000.
  public var limit: Int

  public init(
    action: ActionID? = nil, actor: String? = nil, kind: String? = nil, from: Instant? = nil,
    to: Instant? = nil, before: Int64? = nil, limit: Int = 50
  ) {
    self.action = action
    self.actor = actor
    self.kind = kind
    self.from = from
    self.to = to
    self.before = before
    self.limit = limit
  }
}

/// When an action last changed for good or seemed to.
public struct ActionEnding: Hashable, Sendable {
  public var action: ActionID
  public var at: Instant

  public init(action: ActionID, at: Instant) {
    self.action = action
    self.at = at
  }
}

/// Searches of the audit log: reading, inside a transaction. What they cost does not depend on how long
/// the log is.
public protocol AuditSearching {
  /// The numbers of the entries from one instant to before another: found by halving, because entries
  /// are numbered in the order of their time, give or take a minute where servers disagree.
  /// - Returns: nil where there is none.
  func auditNumbers(
    _ org: OrgID, from start: Instant?, to end: Instant?
  ) throws -> ClosedRange<Int64>?
  /// The entries of a span of numbers, the latest first, at most so many, without personal data.
  func audit(
    _ org: OrgID, action: ActionID?, in numbers: ClosedRange<Int64>, limit: Int
  ) throws -> [AuditRecord]
  /// The actions whose endings are among the newest entries, the latest first, each once.
  func endings(_ org: OrgID, within entries: Int) throws -> [ActionEnding]
}
