import ActionProtocol
import Engine

/// What a page shows of actions, said so that its script can hold events against it.
enum LiveMark {
  /// Cards of what waits: those decided elsewhere grey out, new ones are counted.
  case inbox
  /// One action: where it changed, its forms give way to a link to the newer card.
  case action(ActionState)
  /// Anything else: changes are counted.
  case list

  func attributes(_ frame: DeskFrame) -> [(StaticString, String)] {
    let place: [(StaticString, String)] =
      switch self {
      case .inbox: [("data-live", "inbox")]
      case .action(let state): [("data-live", "action")] + Self.attributes(of: state)
      case .list: [("data-live", "list")]
      }
    return place + [("data-events", frame.path("/events")), ("data-position", "\(frame.position)")]
  }

  /// Which action stands there, and how it stands.
  static func attributes(of state: ActionState) -> [(StaticString, String)] {
    [("data-action", state.id.rawValue), ("data-standing", EventText.standing(state))]
  }
}
