import ActionProtocol

/// Where calls share slots, a pause and a rate: one channel of one org. Operations on records, which
/// call nobody, have a lane of their own.
public struct SlotLane: Hashable, Sendable {
  public let org: OrgID
  /// Nil for operations that no customer sees.
  public let channel: OutreachChannel?

  public init(_ org: OrgID, _ channel: OutreachChannel?) {
    self.org = org
    self.channel = channel
  }
}
