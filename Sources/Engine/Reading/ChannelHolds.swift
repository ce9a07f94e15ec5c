import ActionProtocol
import Decisions

/// Why due actions of an org do not move although nothing is written at them: their channel waits.
///
/// A pause stands in one row, not at each of the actions behind it; what people see of an action is
/// put together here.
struct ChannelHolds {
  private let holds: [OutreachChannel: Hold]
  private let now: Instant

  init(_ org: OrgID, _ store: any StoreReading) throws {
    let terms = try store.claimTerms(at: store.now)[org] ?? ClaimTerms()
    now = store.now
    holds = OutreachChannel.allCases.reduce(into: [:]) { holds, channel in
      holds[channel] = terms.hold(channel, at: store.now)
    }
  }

  subscript(channel: OutreachChannel) -> Hold? { holds[channel] }

  /// The action as people see it: one that is due waits for its channel.
  func shown(_ state: ActionState) -> ActionState {
    guard state.isDue(at: now), let channel = state.channel, let hold = holds[channel] else {
      return state
    }
    var shown = state
    shown.hold = hold
    return shown
  }
}

extension ClaimTerms {
  /// What keeps a channel from sending at `now`: a pause before a rate.
  func hold(_ channel: OutreachChannel, at now: Instant) -> Hold? {
    if let pause = pauses[channel], pause.until > now {
      return Hold(reason: pause.hold, until: pause.until)
    }
    guard let rate = limits[channel].rate,
      case .wait(let until) = rate.take(arrival: arrivals[channel] ?? 0, now: now)
    else { return nil }
    return Hold(reason: .cap, until: until)
  }
}
