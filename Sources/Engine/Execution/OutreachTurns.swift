import ActionProtocol
import Decisions

/// Turns for messages that wait together: after the opening of hours, and for an org's cap. Each gets
/// an instant of its own, so that waking costs one look for each message and not one look at all of
/// them for each that may go.
struct OutreachTurns {
  let store: any StoreTransaction
  let organisation: Organisation

  /// What a message waits for that may go, but waited for hours to open together with others; nil where
  /// its turn is now. It gets one turn: afterwards its hold has another reason.
  func afterOpening(of state: ActionState) throws -> Hold? {
    guard let channel = state.channel, let reason = state.hold?.reason,
      reason == .sendWindow || reason == .quietHours
    else { return nil }
    let pace = Duration.seconds(60) / organisation.outreach.drain.perMinute
    let turn = try store.takeTurn(
      state.org, "drain.\(channel.rawValue)", from: store.now, every: pace)
    let isNow = turn <= store.now.advanced(by: pace * (Self.together - 1))
    return isNow ? nil : Hold(reason: .cap, until: turn)
  }

  /// So many may go at once: a few messages in the morning are no burst.
  private static let together = 5

  /// The hold of a message that has to wait.
  /// - Parameters:
  ///   - until: what the guard says.
  ///   - reasons: the binding one first.
  func hold(
    of state: ActionState, _ audience: OutreachAudience, until: Instant, _ reasons: [GuardReason]
  ) throws -> Hold {
    let reason = reasons.first?.hold ?? .coolDown
    guard reason == .cap, let channel = state.channel,
      let cap = binding(reasons.first, audience, channel),
      let limit = organisation.caps[cap]
    else { return Hold(reason: reason, until: until) }
    let turn = try store.takeTurn(
      state.org, cap.name, from: until, every: cap.span.duration / limit)
    // Whoever would come too late looks at the first opportunity like before.
    if let executeBy = state.executeBy, turn >= executeBy {
      return Hold(reason: .cap, until: until)
    }
    return Hold(reason: .cap, until: turn)
  }

  private func binding(
    _ reason: GuardReason?, _ audience: OutreachAudience, _ channel: OutreachChannel
  ) -> OutreachCap? {
    OutreachCaps.all.first {
      $0.rule == reason?.rule && $0.subject == .org && $0.audience == audience
        && $0.channel == channel
    }
  }
}
