import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// A deed about policies that a program asks for.
protocol PolicyOrder: WritingHandler {
  static var members: Set<String> { get }
  var ports: WritePorts { get }
  func answer(_ body: JSONBody, _ org: OrgID, _ caller: Principal) async throws -> WebAnswer
}

extension PolicyOrder {
  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org else { throw Problem.signInRequired }
    let body = try JSONBody(await body(), members: Self.members)
    return try await deciding { try await answer(body, org, caller) }
  }
}

struct PolicyCheckHandler: PolicyOrder {
  static let members: Set = ["text"]
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func answer(_ body: JSONBody, _ org: OrgID, _ caller: Principal) async throws -> WebAnswer {
    .json(PolicyDraft(ports).review(try body.text("text")).json)
  }
}

struct PolicyBacktestHandler: PolicyOrder {
  static let members: Set = ["text"]
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func answer(_ body: JSONBody, _ org: OrgID, _ caller: Principal) async throws -> WebAnswer {
    let draft = PolicyDraft(ports)
    let policy = try draft.usable(body.text("text"))
    let past = try await draft.past(org, policy)
    return .json([
      "backtest": past.test.json, "cut": .bool(past.isCut),
      "difference": try await draft.difference(org, to: policy).json,
    ])
  }
}

struct PolicyActivateHandler: PolicyOrder {
  static let members: Set = ["text", "reason"]
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func answer(_ body: JSONBody, _ org: OrgID, _ caller: Principal) async throws -> WebAnswer {
    let request = try await PolicyDraft(ports).request(
      org, body.text("text"), reason: body.text("reason"), by: caller.author, via: "api")
    return .json(request.json, status: .created)
  }
}

struct PolicyRollbackHandler: PolicyOrder {
  static let members: Set = ["version", "reason"]
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func answer(_ body: JSONBody, _ org: OrgID, _ caller: Principal) async throws -> WebAnswer {
    guard let version = try body.optionalNumber("version") else {
      throw Problem.value("version", "the number of a version")
    }
    let request = try await PolicyDraft(ports).request(
      org, version: Int64(version), reason: body.text("reason"), by: caller.author, via: "api")
    return .json(request.json, status: .created)
  }
}

/// Approves what waits, with the proof that the policy in force asks for.
struct PolicyApproveHandler: WritingHandler {
  private let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org else { throw Problem.signInRequired }
    let body = try JSONBody(await body(), members: ["request", "digest", "code", "passkey"])
    let digest = try body.digest("digest")
    return try await deciding {
      let proof = try await StepUpProof(
        access: ports.access, party: request.party, caller: caller, digest: digest
      ).of(body)
      let made = try await PolicyBook(ports.engine).approve(
        org, body.text("request"), digest: digest, stepUp: proof, by: caller.author, via: "api")
      return .json(["activated": made?.json ?? .null])
    }
  }
}

struct PolicyRejectHandler: PolicyOrder {
  static let members: Set = ["request", "reason"]
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func answer(_ body: JSONBody, _ org: OrgID, _ caller: Principal) async throws -> WebAnswer {
    let request = try body.text("request")
    try await PolicyBook(ports.engine).reject(
      org, request, reason: body.text("reason"), by: caller.author, via: "api")
    return .json(["rejected": .string(request)])
  }
}
