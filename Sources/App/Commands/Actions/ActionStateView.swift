import ActionProtocol
import Cards
import Decisions
import Engine

/// The state of an action for lists.
enum ActionStateView {
  static func table(
    _ states: [ActionState], time: LocalTime, now: Instant, style: Style, width: Int
  ) -> String {
    var table = TextTable([
      .left("ID"), .left("TYPE"), .left("ABOUT"), .left("DELIVERY"), .left("STATUS"),
      .left("NEXT"),
    ])
    let digits = shortestUniquePrefix(states.map(\.id.rawValue))
    for state in states {
      table.add([
        String(state.id.rawValue.prefix(digits)), state.type.rawValue,
        DisplayText.shortened(DisplayText.line(state.title), to: 34), state.delivery.rawValue,
        StateWording.status(state.status), next(state, now: now),
      ])
    }
    return table.rendered(style: style)
  }

  /// What happens next, in a few words.
  private static func next(_ state: ActionState, now: Instant) -> String {
    if let hold = state.hold, state.status != .approved || hold.until.map({ $0 > now }) ?? true {
      let until = hold.until.map { ", \(LocalTime.distance($0, from: now))" } ?? ""
      return "\(StateWording.hold(hold.reason))\(until)"
    }
    switch state.status {
    case .pendingApproval:
      return "your decision; expires \(LocalTime.distance(state.expiresAt, from: now))"
    case .approved: return "due"
    case .executing: return "under way"
    case .failed: return state.errorCode ?? "-"
    case .completed:
      return state.executedAt.map { LocalTime.distance($0, from: now) } ?? "done"
    case .rejected, .expired: return "-"
    }
  }

  /// How many characters tell the ids apart, at least 8.
  static func shortestUniquePrefix(_ ids: [String]) -> Int {
    let sorted = ids.sorted()
    let common = zip(sorted, sorted.dropFirst()).map { left, right in
      zip(left, right).prefix { $0 == $1 }.count
    }
    return max(8, (common.max() ?? 0) + 1)
  }
}
