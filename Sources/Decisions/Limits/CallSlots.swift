import ActionProtocol

/// The calls of one process that may be under way at once.
///
/// Each channel has places of its own, so that a provider of e-mail that hangs keeps no SMS waiting
/// and no change of records. Within a channel an org may hold at most ``perLane`` of them, and never
/// more than half of what the other orgs leave: whoever hangs first, the next org still finds a place
/// (dynamic thresholds, Choudhury and Hahne 1998).
public struct CallSlots: Hashable, Sendable {
  /// Places that one org may hold on one channel.
  public let perLane: Int
  /// Places of all orgs on one channel.
  public let perChannel: Int

  private var used: [SlotLane: Int] = [:]
  private var usedOfChannel: [OutreachChannel?: Int] = [:]

  /// How many times the places of one org all orgs together have.
  public static let orgsAtOnce = 8

  /// - Parameter perLane: at least 1.
  public init(perLane: Int) {
    self.perLane = max(1, perLane)
    perChannel = max(1, perLane) * Self.orgsAtOnce
  }

  /// How many calls of the lane are under way.
  public func used(_ lane: SlotLane) -> Int { used[lane] ?? 0 }

  /// How many further calls of the lane may begin now.
  /// - Parameter limit: the lane's own limit, where it is lower than ``perLane``.
  public func room(_ lane: SlotLane, limit: Int? = nil) -> Int {
    max(0, most(lane, limit) - used(lane))
  }

  /// Whether it is worth a commit to claim for the lane: nothing of it is under way, or half of its
  /// places are free. Claiming for each place that falls free would cost a commit per call.
  public func isOpen(_ lane: SlotLane, limit: Int? = nil) -> Bool {
    let most = most(lane, limit)
    return most > 0 && (used(lane) == 0 || 2 * room(lane, limit: limit) >= most)
  }

  private func most(_ lane: SlotLane, _ limit: Int?) -> Int {
    let others = (usedOfChannel[lane.channel] ?? 0) - used(lane)
    return min(limit ?? perLane, perLane, (perChannel - others + 1) / 2)
  }

  /// A call of the lane begins.
  public mutating func take(_ lane: SlotLane) {
    used[lane, default: 0] += 1
    usedOfChannel[lane.channel, default: 0] += 1
  }

  /// A call of the lane is over.
  public mutating func free(_ lane: SlotLane) {
    guard let count = used[lane], count > 0 else { return }
    used[lane] = count == 1 ? nil : count - 1
    usedOfChannel[lane.channel, default: 1] -= 1
  }
}
