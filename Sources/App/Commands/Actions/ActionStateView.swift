import ActionProtocol
import Decisions
import Engine

/// The state of an action for lists.
enum ActionStateView {
  static func json(_ state: ActionState) -> JSONValue {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return [
      "action_id": .string(state.id.rawValue), "org_id": .string(state.org.rawValue),
      "action_type": .string(state.type.rawValue), "operation": .string(state.operation.rawValue),
      "title": .string(state.title), "risk_level": .string(state.risk.rawValue),
      "delivery": .string(state.delivery.rawValue), "priority": .string(state.priority.word),
      "status": .string(state.status.rawValue), "hold": state.hold?.json ?? .null,
      "revision": .integer(Int64(state.revision)), "digest": .string(state.digest.hex),
      "partner_id": state.partner.map { .integer($0.rawValue) } ?? .null,
      "created_by": .string(state.createdBy.rawValue),
      "created_at": .string(state.createdAt.rfc3339),
      "expires_at": .string(state.expiresAt.rfc3339), "execute_by": text(state.executeBy?.rfc3339),
      "approved_by": text(state.approval?.by.rawValue),
      "rejection_reason": text(state.rejection?.reason), "provider_id": text(state.providerID),
      "error_code": text(state.errorCode), "error_message": text(state.errorMessage),
      "executed_at": text(state.executedAt?.rfc3339),
    ]
  }

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
