import ActionProtocol
import HTTPTypes

/// Whether the process runs at all: for whatever restarts it.
struct HealthHandler: ReadingHandler {
  init(_ ports: ReadPorts) {}

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    .json(["status": "ok"])
  }
}

/// Whether the process can do its work: for whatever sends it requests.
struct ReadinessHandler: ReadingHandler {
  private let health: any HealthReading

  init(_ ports: ReadPorts) {
    health = ports.health
  }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let checks = await health.readiness()
    let isReady = checks.allSatisfy(\.isReady)
    var members = JSONObject()
    for check in checks { members[check.name] = .string(check.isReady ? "ok" : "not_ready") }
    return .json(
      ["status": .string(isReady ? "ready" : "not_ready"), "checks": .object(members)],
      status: isReady ? .ok : .serviceUnavailable)
  }
}
