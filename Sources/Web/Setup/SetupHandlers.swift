import ActionProtocol
import Decisions
import Engine

/// The go-live checklist, for a browser.
struct SetupPageHandler: ReadingHandler {
  private let ports: ReadPorts

  init(_ ports: ReadPorts) { self.ports = ports }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let done = try QueryValues(request.query).value("done", "a deed") { SetupDeed(rawValue: $0) }
    return .page(
      try await SetupPage.make(ports.desk, ports.setup, request, notice: done?.notice))
  }
}

/// What a form of the checklist did.
enum SetupDeed: String {
  case ticked, unticked

  var notice: String {
    switch self {
    case .ticked: "Ticked, with your name and the time."
    case .unticked: "The tick is taken back."
    }
  }
}

/// The same for programs.
struct SetupHandler: ReadingHandler {
  private let ports: ReadPorts

  init(_ ports: ReadPorts) { self.ports = ports }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    let engine = ports.actions.context
    let groups = try await ports.setup.groups(org)
    let ticks = try await SetupTicks(engine).list(org)
    let mode = try await engine.store.read { try $0.organisation(org)?.mode }
    return .json([
      "organisation_mode": mode.map { .string($0.rawValue) } ?? .null,
      "delivery": .string(engine.configuration.delivery.rawValue),
      "in_the_way": .integer(Int64(groups.flatMap(\.lines).count(where: \.isInTheWay))),
      "groups": .array(
        groups.map { group in
          [
            "title": .string(group.title),
            "boxes": .array(group.lines.map { Self.line($0, ticks) }),
          ]
        }),
    ])
  }

  private static func line(
    _ line: SetupLine, _ ticks: [SetupTick.Box: SetupTick]
  ) -> JSONValue {
    let box = SetupTick.Box(rawValue: line.id)
    let tick = box.flatMap { ticks[$0] }
    return [
      "id": .string(line.id), "title": .string(line.title), "state": .string(line.state.rawValue),
      "found": .string(line.found), "fix": .string(line.fix), "optional": .bool(line.isOptional),
      "ticked_by_persons": .bool(box != nil),
      "ticked_by": tick.map { .string($0.by.rawValue) } ?? .null,
      "ticked_at": tick.map { .string($0.at.rfc3339) } ?? .null,
    ]
  }
}

/// Ticks a box, or takes a tick back.
struct SetupTickForm: PlaceForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(_ post: PlacePost) async throws -> (path: String, done: String) {
    try await SetupTicks(ports.engine).tick(
      post.org, SetupTick.Box(named: post["box"]), note: post.needed("note", "what you saw"),
      by: post.caller.author, via: "web")
    return ("/setup", SetupDeed.ticked.rawValue)
  }

  func page(
    _ request: WebRequest, _ fields: FormFields, _ problem: Problem
  ) async throws -> Page {
    try await SetupPage.make(ports.desk, ports.setup, request, problem: problem)
  }
}

struct SetupUntickForm: PlaceForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(_ post: PlacePost) async throws -> (path: String, done: String) {
    try await SetupTicks(ports.engine).untick(
      post.org, SetupTick.Box(named: post["box"]), note: post.needed("note", "why"),
      by: post.caller.author, via: "web")
    return ("/setup", SetupDeed.unticked.rawValue)
  }

  func page(
    _ request: WebRequest, _ fields: FormFields, _ problem: Problem
  ) async throws -> Page {
    try await SetupPage.make(ports.desk, ports.setup, request, problem: problem)
  }
}

/// The same for programs: a box, and what was seen.
struct SetupTickHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org else { throw Problem.signInRequired }
    let body = try JSONBody(await body(), members: ["box", "note"])
    return try await deciding {
      let box = try SetupTick.Box(named: body.text("box"))
      try await SetupTicks(engine).tick(
        org, box, note: body.text("note"), by: caller.author, via: "api")
      return .json(["ticked": .string(box.rawValue)])
    }
  }
}

struct SetupUntickHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org else { throw Problem.signInRequired }
    let body = try JSONBody(await body(), members: ["box", "note"])
    return try await deciding {
      let box = try SetupTick.Box(named: body.text("box"))
      try await SetupTicks(engine).untick(
        org, box, note: body.text("note"), by: caller.author, via: "api")
      return .json(["unticked": .string(box.rawValue)])
    }
  }
}

extension SetupTick.Box {
  fileprivate init(named text: String) throws(Problem) {
    guard let box = SetupTick.Box(rawValue: text) else {
      throw .field(
        "box", "is none that persons tick",
        "Take one of \(Self.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    self = box
  }
}
