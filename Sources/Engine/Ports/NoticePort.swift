import ActionProtocol
import Decisions

/// Something that a rule wants a role to be told, kept until it is.
public struct RuleNotice: Hashable, Sendable {
  public var org: OrgID
  public var action: ActionID
  public var moment: PolicyNotice.Moment
  public var role: String
  /// By e-mail or by text.
  public var channel: ApprovalChannel
  public var at: Instant

  public init(
    org: OrgID, action: ActionID, moment: PolicyNotice.Moment, role: String,
    channel: ApprovalChannel, at: Instant
  ) {
    self.org = org
    self.action = action
    self.moment = moment
    self.role = role
    self.channel = channel
    self.at = at
  }
}

/// A notice whose moment has come, with its action as it is now.
public struct RipeNotice: Hashable, Sendable {
  public var notice: RuleNotice
  public var title: String
  public var status: ActionStatus

  public init(notice: RuleNotice, title: String, status: ActionStatus) {
    self.notice = notice
    self.title = title
    self.status = status
  }
}

/// What persons are to be told, inside a transaction: reading.
public protocol NoticeReading {
  /// The newest request about each state's revision; states without one are left out.
  func requests(_ org: OrgID, about states: [ActionState]) throws -> [ActionID: ApprovalRequest]
  /// Notices whose moment has come, oldest first: those of before at once, those of after when the action
  /// has ended.
  func ripeNotices(_ org: OrgID, limit: Int) throws -> [RipeNotice]
  /// When each person was last written to about what waits.
  func told(_ org: OrgID) throws -> [PersonID: Instant]
}

/// What persons are to be told, inside a transaction: writing.
public protocol NoticeWriting {
  /// Keeps a notice; one that is kept already stays as it is.
  func keep(_ notice: RuleNotice) throws
  func remove(_ notices: [RuleNotice]) throws
  /// Remembers that persons were written to now.
  func setTold(_ org: OrgID, _ persons: [PersonID]) throws
}
