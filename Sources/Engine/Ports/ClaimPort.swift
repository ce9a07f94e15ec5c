import ActionProtocol
import Decisions

/// Approved actions of one org, one operation and one priority: what the queue is made of.
public struct ClaimLane: Hashable, Sendable {
  public var org: OrgID
  public var operation: OperationType
  public var priority: ActionPriority

  public init(org: OrgID, operation: OperationType, priority: ActionPriority) {
    self.org = org
    self.operation = operation
    self.priority = priority
  }

  /// Where its calls share slots, a pause and a rate.
  public var slots: SlotLane { SlotLane(org, OutreachChannel(operation)) }
}

/// What one org's claims are bound by now.
public struct ClaimTerms: Hashable, Sendable {
  public var limits = OrgLimits.standard
  /// Pauses that are not over, or not for long.
  public var pauses: [OutreachChannel: ChannelPause] = [:]
  /// The buckets of the rates that are in debt.
  public var arrivals: [OutreachChannel: Int64] = [:]

  public init() {}
}

/// What the next batch may be made of, inside a transaction. What each question costs depends on how
/// many lanes there are and how much is asked for, never on how long a lane is.
public protocol ClaimReading {
  /// Lanes with an approved action of the delivery mode, due or not, in order of org, operation and
  /// priority.
  /// - Parameters:
  ///   - org: only this org's, or all orgs'.
  ///   - after: only orgs behind this one; nil: from the beginning.
  ///   - orgs: of so many orgs, all their lanes.
  func claimLanes(
    _ org: OrgID?, in delivery: DeliveryMode, after: OrgID?, orgs: Int
  ) throws -> [ClaimLane]
  /// The due actions of each lane: those that nothing ever held, and those whose hold is over, at most
  /// `limit` of each, in the order in which they go.
  /// - Parameter without: actions that are left out, and count towards no limit.
  func due(
    _ lanes: [ClaimLane], in delivery: DeliveryMode, at now: Instant, limit: Int,
    without: Set<ActionID>
  ) throws -> [[ActionState]]
  /// What binds the orgs; an org that is left out is bound by nothing.
  func claimTerms(at now: Instant) throws -> [OrgID: ClaimTerms]
  /// The last pause of an org's channel, over or not; nil: there was none.
  func lastPause(_ org: OrgID, _ channel: OutreachChannel) throws -> ChannelPause?
  /// How many actions of an org are due, by operation. Goes through what is due.
  func waiting(
    _ org: OrgID, in delivery: DeliveryMode, at now: Instant
  ) throws -> [OperationType: Int]
}

extension ClaimReading {
  /// The same, with none left out.
  public func due(
    _ lanes: [ClaimLane], in delivery: DeliveryMode, at now: Instant, limit: Int
  ) throws -> [[ActionState]] {
    try due(lanes, in: delivery, at: now, limit: limit, without: [])
  }
}

public protocol ClaimWriting {
  /// Counts one message against a rate of the org's channel.
  /// - Returns: nil when it may go; otherwise the instant before which none may.
  func take(_ rate: ChannelRate, _ org: OrgID, _ channel: OutreachChannel) throws -> Instant?
  /// Gives an action that is not over another priority.
  /// - Returns: false where there is none, or it is over.
  func prioritize(_ org: OrgID, _ id: ActionID, _ priority: ActionPriority) throws -> Bool
}
