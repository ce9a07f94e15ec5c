import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// Suppresses an address for a program.
struct SuppressHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org else { throw Problem.signInRequired }
    let body = try JSONBody(await body(), members: ["address", "scope", "kind", "days", "reason"])
    let order = SuppressionOrder(
      address: try body.text("address"), scope: try body.optionalText("scope") ?? "all",
      kind: try body.optionalText("kind") ?? "manual", days: try body.optionalNumber("days"))
    let now = try await engine.store.read { $0.now }
    return try await deciding {
      let (kept, answer) = try await Suppressions(engine).add(
        org, order.wish(now: now), note: body.text("reason"), by: caller.author, via: "api")
      return .json(
        ["suppression": kept.json, "answer": .string("\(answer)")],
        status: answer == .added ? .created : .ok)
    }
  }
}

/// Lifts the suppression of the path.
struct LiftHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org else { throw Problem.signInRequired }
    let body = try JSONBody(await body(), members: ["reason"])
    return try await deciding {
      let lifted = try await Suppressions(engine).remove(
        org, request.token, note: body.text("reason"), by: caller.author, via: "api")
      return .json(["lifted": lifted.json])
    }
  }
}

/// Ends the hold of the path.
struct HoldEndHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org else { throw Problem.signInRequired }
    let body = try JSONBody(await body(), members: ["reason"])
    return try await deciding {
      _ = try await CollectionHolds(engine).remove(
        org, request.token, note: body.text("reason"), by: caller.author, via: "api")
      return .json(["ended": .string(request.token)])
    }
  }
}
