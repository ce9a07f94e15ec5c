import ActionProtocol
import Insights

/// What people made of a finding.
public enum FindingState: String, CaseIterable, Hashable, Sendable {
  case open
  /// Somebody knows.
  case acknowledged
  /// Nobody wants to hear of it before an instant.
  case snoozed
  /// Done, by a person, or because the condition is over.
  case resolved
}

/// A finding with its history. It holds until an analysis no longer finds it (`goneAt`); then it is over, and the
/// same condition later is a new one.
public struct FindingRecord: Hashable, Sendable {
  public var org: OrgID
  /// Counted per org, from 1; 0: not stored yet.
  public var number: Int64
  public var source: FindingSource
  public var draft: FindingDraft
  public var firstSeenAt: Instant
  public var lastSeenAt: Instant
  /// How many analyses found it.
  public var seen: Int64
  public var state: FindingState
  /// When the state became what it is.
  public var changedAt: Instant
  /// Who made it so; nil: the analysis.
  public var changedBy: String?
  public var snoozedUntil: Instant?
  /// Since when the condition is over.
  public var goneAt: Instant?

  public init(
    org: OrgID, number: Int64 = 0, source: FindingSource, draft: FindingDraft,
    firstSeenAt: Instant, lastSeenAt: Instant, seen: Int64 = 1, state: FindingState = .open,
    changedAt: Instant, changedBy: String? = nil, snoozedUntil: Instant? = nil,
    goneAt: Instant? = nil
  ) {
    self.org = org
    self.number = number
    self.source = source
    self.draft = draft
    self.firstSeenAt = firstSeenAt
    self.lastSeenAt = lastSeenAt
    self.seen = seen
    self.state = state
    self.changedAt = changedAt
    self.changedBy = changedBy
    self.snoozedUntil = snoozedUntil
    self.goneAt = goneAt
  }

  /// The state at an instant: what was snoozed until then is open again.
  public func state(at now: Instant) -> FindingState {
    if state == .snoozed, let snoozedUntil, snoozedUntil <= now { return .open }
    return state
  }
}

/// Findings: reading, inside a transaction.
public protocol FindingReading {
  func finding(_ org: OrgID, _ number: Int64) throws -> FindingRecord?
  /// Those that hold, the gravest first, then the newest.
  func findings(_ org: OrgID, _ source: FindingSource?) throws -> [FindingRecord]
  /// Also those that are over, newest first.
  func pastFindings(_ org: OrgID, limit: Int) throws -> [FindingRecord]
  /// Critical ones that hold, that nobody has said a word about, and that nobody was alerted to; the newest
  /// first.
  func unalertedFindings(_ org: OrgID) throws -> [FindingRecord]
}

/// Findings: writing, inside a transaction.
public protocol FindingWriting {
  /// Stores a new finding under the org's next number. One that holds may exist once per fingerprint.
  /// - Returns: the number.
  func insert(_ finding: FindingRecord) throws -> Int64
  /// Writes what changed of findings that are stored.
  /// One that got worse is one that nobody was alerted to.
  func save(_ findings: [FindingRecord]) throws
  /// Remembers that somebody was alerted to findings now.
  func setAlerted(_ org: OrgID, _ numbers: [Int64]) throws
}
