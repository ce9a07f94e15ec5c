import ActionProtocol
import Decisions

/// A channel that carries nothing out for a while.
public struct PausedChannel: Hashable, Sendable {
  public var channel: OutreachChannel
  public var reason: HoldReason
  public var since: Instant
  public var until: Instant

  public init(channel: OutreachChannel, reason: HoldReason, since: Instant, until: Instant) {
    self.channel = channel
    self.reason = reason
    self.since = since
    self.until = until
  }
}

/// A job whose last runs did not succeed.
public struct FailingJob: Hashable, Sendable {
  public var name: JobName
  /// In a row.
  public var failures: Int
  /// When the first of them began, as far as runs are kept.
  public var since: Instant?
  /// Why the last of them did not succeed: a stable code.
  public var code: String?

  public init(name: JobName, failures: Int, since: Instant?, code: String?) {
    self.name = name
    self.failures = failures
    self.since = since
    self.code = code
  }
}

/// What asks for somebody's attention: reading, inside a transaction.
public protocol AttentionReading {
  /// Approved actions that no time lets go on, newest first: somebody has to do something.
  func stuckActions(_ org: OrgID, limit: Int) throws -> [ActionState]
  /// The pauses of an org that are not over.
  func channelPauses(_ org: OrgID) throws -> [PausedChannel]
  /// Jobs that are on and failed the last time, by name.
  func failingJobs(_ org: OrgID) throws -> [FailingJob]
  /// When each kind of records that is taken over was last known to be complete; never: when it was
  /// last moved.
  func syncMarks(_ org: OrgID) throws -> [SyncKind: Instant]
  /// As of when the oldest record of an open invoice is; nil: there is no open invoice.
  func oldestOpenInvoice(_ org: OrgID) throws -> Instant?
}
