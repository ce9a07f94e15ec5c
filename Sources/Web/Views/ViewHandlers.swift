import ActionProtocol
import Decisions
import Engine

extension SavedView {
  /// From the values of the inbox's own query.
  init(_ org: OrgID, _ person: PersonID, name: String, _ values: ViewValues) throws(Problem) {
    self.init(
      org: org, id: "", person: person, name: name, isMine: values.isMine,
      includesSnoozed: values.includesSnoozed, type: values.type, order: values.order)
  }

  var json: JSONValue {
    [
      "view_id": .string(id), "name": .string(name), "mine": .bool(isMine),
      "snoozed": .bool(includesSnoozed), "type": type.map { .string($0.rawValue) } ?? .null,
      "order": .string(order.rawValue),
    ]
  }
}

/// What a view shows, read from text.
struct ViewValues {
  var isMine = false
  var includesSnoozed = false
  var type: ActionType?
  var order = InboxOrder.newest

  init(
    mine: Bool, snoozed: Bool, type: String?, order: String?
  ) throws(Problem) {
    (isMine, includesSnoozed) = (mine, snoozed)
    if let type, !type.isEmpty {
      guard let found = ActionType(rawValue: type) else { throw .value("type", "a type of action") }
      self.type = found
    }
    if let order, !order.isEmpty {
      guard let found = InboxOrder(rawValue: order) else {
        throw .value("order", "newest or oldest")
      }
      self.order = found
    }
  }
}

struct ViewSaveForm: InboxForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(_ post: PlacePost) async throws -> (path: String, done: String) {
    guard let person = post.caller.person else { throw Problem.signInRequired }
    let values = try ViewValues(
      mine: post["mine"] == "true", snoozed: post["snoozed"] == "true", type: post["type"],
      order: post["order"])
    try await SavedViews(ports.engine).save(
      SavedView(post.org, person, name: post["name"], values), by: post.caller.author, via: "web")
    return ("/inbox", InboxDeed.saved.rawValue)
  }
}

struct ViewRemoveForm: InboxForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(_ post: PlacePost) async throws -> (path: String, done: String) {
    guard let person = post.caller.person else { throw Problem.signInRequired }
    try await SavedViews(ports.engine).remove(
      post.org, post["view"], of: person, by: post.caller.author, via: "web")
    return ("/inbox", InboxDeed.removed.rawValue)
  }
}

/// The caller's views, for programs.
struct ViewsHandler: ReadingHandler {
  private let engine: EngineContext

  init(_ ports: ReadPorts) { engine = ports.actions.context }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    guard let caller = request.caller, let person = caller.person, !caller.isAgent else {
      return .json(["views": []])
    }
    let views = try await SavedViews(engine).list(org, of: person)
    return .json(["views": .array(views.map(\.json))])
  }
}

struct ViewSaveHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org, let person = caller.person else {
      throw Problem.signInRequired
    }
    let body = try JSONBody(await body(), members: ["name", "mine", "snoozed", "type", "order"])
    let name = try body.text("name")
    let values = try ViewValues(
      mine: body.optionalFlag("mine") ?? false, snoozed: body.optionalFlag("snoozed") ?? false,
      type: body.optionalText("type"), order: body.optionalText("order"))
    return try await deciding {
      let view = try await SavedViews(engine).save(
        SavedView(org, person, name: name, values), by: caller.author, via: "api")
      return .json(["view": view.json])
    }
  }
}

struct ViewRemoveHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org, let person = caller.person else {
      throw Problem.signInRequired
    }
    _ = try JSONBody(await body(), members: [])
    return try await deciding {
      try await SavedViews(engine).remove(
        org, request.token, of: person, by: caller.author, via: "api")
      return .json(["removed": .string(request.token)])
    }
  }
}
