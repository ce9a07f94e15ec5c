import ActionProtocol
import Decisions
import Engine

/// The stops in force where the caller looks, and who has acknowledged them.
struct StopHandler: ReadingHandler {
  private let engine: EngineContext

  init(_ ports: ReadPorts) { engine = ports.actions.context }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    let reports = try await EmergencyStop(engine).standing(org)
    return .json(["stops": .array(reports.map(\.json))])
  }
}

/// Stops everything or one org, and says who has acknowledged it within a few seconds.
struct StopOrderHandler: WritingHandler {
  private let service: StopService

  init(_ ports: WritePorts) { service = StopService(ports) }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let body = try JSONBody(await body(), members: ["reason", "reach"])
    let reason = try body.text("reason")
    let reach = try body.reach()
    return try await deciding {
      .json(try await service.stop(request, reach, reason: reason, via: "api").json)
    }
  }
}

/// Lifts a stop.
struct ResumeHandler: WritingHandler {
  private let service: StopService

  init(_ ports: WritePorts) { service = StopService(ports) }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let body = try JSONBody(await body(), members: ["reason", "reach"])
    let reason = try body.optionalText("reason")
    let reach = try body.reach()
    return try await deciding {
      .json(["resumed": try await service.resume(request, reach, reason: reason, via: "api").json])
    }
  }
}

extension JSONBody {
  /// In an emergency the wide answer is the safe one.
  fileprivate func reach() throws(Problem) -> StopReach {
    guard let text = try optionalText("reach") else { return .everything }
    guard let reach = StopReach(rawValue: text) else {
      throw .value("reach", "everything or organisation")
    }
    return reach
  }
}
