import ActionProtocol
import Decisions
import Engine

/// The way in leads to what waits.
struct HomeHandler: ReadingHandler {
  init(_ ports: ReadPorts) {}

  func answer(_ request: WebRequest) async throws -> WebAnswer { .seeOther("/inbox") }
}

struct InboxPageHandler: ReadingHandler {
  private let desk: DeskViews

  init(_ ports: ReadPorts) { desk = ports.desk }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let done = try QueryValues(request.query).value("done", "a deed") { InboxDeed(rawValue: $0) }
    return .page(try await desk.inboxPage(request, notice: done?.notice))
  }
}

struct ActionsPageHandler: ReadingHandler {
  private let desk: DeskViews

  init(_ ports: ReadPorts) { desk = ports.desk }

  private static let rows = 50

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let (frame, now) = try await desk.frame(request)
    let query = QueryValues(request.query)
    let status = try query.value("status", "a status") { ActionStatus(rawValue: $0) }
    let filter = ActionFilter(
      statuses: status.map { [$0] } ?? [],
      before: try query.value("after", "a `next` of a page") { ActionCursor($0) },
      limit: Self.rows + 1)
    let found = try await desk.actions(frame.org, filter)
    let states = Array(found.prefix(Self.rows))
    let next = found.count > Self.rows ? states.last.map { ActionCursor($0) } : nil
    return .page(
      ListPages.actions(frame, states, status: status, next: next, now: now))
  }
}

struct CardPageHandler: ReadingHandler {
  private let desk: DeskViews

  init(_ ports: ReadPorts) { desk = ports.desk }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let done = try QueryValues(request.query).value("done", "a deed") { DeskDeed(rawValue: $0) }
    return .page(try await desk.page(request, notice: done?.notice))
  }
}

/// The HTML of a mail, by itself: no script, nothing from elsewhere, in a frame of this server only.
struct CardMessageHandler: ReadingHandler {
  private let desk: DeskViews

  init(_ ports: ReadPorts) { desk = ports.desk }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let (org, id, _) = try request.subject()
    guard case .email(_, let email) = try await desk.card(org, id).proposal.operation,
      let html = email.bodyHTML
    else { throw Problem.notFound }
    return .message(html)
  }
}

/// What a form of an action's page did.
enum DeskDeed: String {
  case approved, given, rejected, putOff = "put-off", released, asked, answered, commented, settled
  case edited, handed, shared, refused, proposed, held

  var notice: String {
    switch self {
    case .approved: "Approved."
    case .given: "Your approval is taken; somebody else has to approve, too."
    case .rejected: "Rejected."
    case .putOff: "Put off."
    case .released: "It waits no longer."
    case .asked: "Asked."
    case .answered: "Answered."
    case .commented: "Said."
    case .settled: "Settled."
    case .refused: "Your refusal is taken; somebody else has to refuse it, too."
    case .edited: "Changed. It asks for approval as it stands now."
    case .handed: "Handed over."
    case .proposed: "Proposed. This is its card."
    case .held:
      "On hold. What waited to ask for it is withdrawn, or drafted anew without it."
    case .shared: "It stands in everybody's inbox again."
    }
  }
}
