import ActionProtocol
import Engine
import HTTPTypes

/// What becomes of actions, as it happens: server-sent events. Looking on is no use of a session.
struct EventsHandler: ReadingHandler {
  private let live: LiveFeed

  init(_ ports: ReadPorts) { live = ports.live }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org, let shown = RouteDoor.shown(request.fields, request.origin)
    else { throw Problem.signInRequired }
    let number = { (text: String) in Int64(text).flatMap { $0 >= 0 ? $0 : nil } }
    let after = try QueryValues(request.query).value("after", "the number of an event", number)
    // What a browser that comes back sends is newer than its page's address.
    let seen = request.fields[.lastEventID].map(number)
    let last = try await live.last(org)
    let standing = Standing(shown.text, in: org)
    return .events { [live] in
      live.open(standing, knowing: seen ?? after ?? last, last: last)
    }
  }
}

extension HTTPField.Name {
  static let lastEventID = HTTPField.Name("Last-Event-ID") ?? .accept
  /// Sent by what a page does by itself.
  static let background = HTTPField.Name("AIOM-Background") ?? .accept
  static let accelBuffering = HTTPField.Name("X-Accel-Buffering") ?? .accept
}

extension RouteDoor {
  /// Whether somebody did something: a page that keeps itself up to date does not keep its session
  /// alive. Whatever a token does is noted.
  static func isUse(_ fields: HTTPFields, _ method: HTTPRequest.Method, _ shown: Shown) -> Bool {
    guard case .cookie = shown, method != .post else { return true }
    return fields[.background] == nil
      && !fields[values: .accept].contains { $0.lowercased().contains("text/event-stream") }
  }
}
