import ActionProtocol
import Cards
import Engine

/// Server-sent events as bytes (HTML standard, section 9.2). Personal data stays out: an event says
/// which action, how it stands, who decided and when.
enum EventText {
  /// The first word on a stream: from which number on it tells.
  static func ready(_ number: Int64) -> [UInt8] {
    Array("retry: 3000\n".utf8) + event("ready", number, ["position": .integer(number)])
  }

  /// More happened than is told: whoever shows a list fetches it again.
  static func again(_ number: Int64) -> [UInt8] {
    event("again", number, ["position": .integer(number)])
  }

  /// Newer pages of the session took its place.
  static let displaced = Array("event: displaced\ndata: {}\n\n".utf8)

  /// Keeps whatever stands between from closing a quiet stream.
  static let heartbeat = Array(":\n\n".utf8)

  static func action(_ item: ActionNews.Item, _ organisation: Organisation) -> [UInt8] {
    event(
      "action", item.sequence,
      [
        "action_id": .string(item.state.id.rawValue),
        "status": .string(item.state.status.rawValue),
        "standing": .string(standing(item.state)), "kind": .string(item.kind),
        "by": .string(item.actor), "at": .string(item.at.rfc3339),
        "new": .bool(item.isNew), "said": .string(NewsWording.said(item, organisation)),
      ])
  }

  /// How an action stands, to be compared with how a page shows it: status, hold, revision.
  static func standing(_ state: ActionState) -> String {
    "\(state.status.rawValue)/\(state.hold?.reason.rawValue ?? "")/\(state.revision)"
  }

  private static func event(_ name: String, _ number: Int64, _ data: JSONObject) -> [UInt8] {
    Array("id: \(number)\nevent: \(name)\ndata: ".utf8) + CanonicalJSON.encode(.object(data))
      + Array("\n\n".utf8)
  }
}

/// News of an action in a sentence.
enum NewsWording {
  static func said(_ item: ActionNews.Item, _ organisation: Organisation) -> String {
    "\(what(item)), \(LocalTime(organisation).rounded(item.at))."
  }

  private static func what(_ item: ActionNews.Item) -> String {
    let who = who(item.actor)
    return switch item.kind {
    case "action.approved": "Approved by \(who)"
    case "action.rejected": "Rejected by \(who)"
    case "action.withdrawn": "Withdrawn by \(who)"
    case "action.revised": "Changed by \(who)"
    case "action.snoozed": "Put off by \(who)"
    case "action.expired": "Expired, since nobody decided in time"
    default: "Now \(StateWording.status(item.state.status))"
    }
  }

  private static func who(_ actor: String) -> String {
    guard let author = Author(rawValue: actor) else { return "somebody" }
    let name = actor.split(separator: ":").last.map(String.init) ?? actor
    return switch author.kind {
    case .person: name
    case .agent: "the agent \(name)"
    case .system: "AIOM"
    }
  }
}
