import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// Puts an action out of the inbox, or back into it.
struct ActionSnoozeHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let (org, id, caller) = try request.subject()
    let until = try JSONBody(await body(), members: ["until"]).optionalInstant("until")
    return try await deciding {
      let mark = try await Inbox(engine).snooze(
        org, id, until: until, by: caller.author, via: "api")
      return .json(["inbox": mark.json])
    }
  }
}

/// Hands an action over to a person, or back to everybody.
struct ActionDelegateHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let (org, id, caller) = try request.subject()
    let name = try JSONBody(await body(), members: ["person"]).optionalText("person")
    let person = try name.map(JSONBody.person)
    return try await deciding {
      let mark = try await Inbox(engine).assign(
        org, id, to: person, by: caller.author, via: "api")
      return .json(["inbox": mark.json])
    }
  }
}

struct ActionAskHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let (org, id, caller) = try request.subject()
    let body = try JSONBody(await body(), members: ["text", "to"])
    let text = try body.text("text")
    let person = try body.optionalText("to").map(JSONBody.person)
    return try await deciding {
      let remark = try await Remarks(engine).ask(
        org, id, text, to: person?.author, by: caller.author, via: "api")
      return .json(["remark": remark.json], status: .created)
    }
  }
}

struct ActionAnswerHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let (org, id, caller) = try request.subject()
    let text = try JSONBody(await body(), members: ["text"]).text("text")
    return try await deciding {
      let remark = try await Remarks(engine).answer(
        org, id, text, by: caller.author, via: "api")
      return .json(["remark": remark.json], status: .created)
    }
  }
}

struct ActionCommentHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let (org, id, caller) = try request.subject()
    let text = try JSONBody(await body(), members: ["text"]).text("text")
    return try await deciding {
      let remark = try await Remarks(engine).comment(
        org, id, text, by: caller.author, via: "api")
      return .json(["remark": remark.json], status: .created)
    }
  }
}

/// Takes a proposal in, as a document of Action Protocol v1.1.
struct ActionProposeHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org else { throw Problem.signInRequired }
    let proposal: Proposal
    switch ProposalReader.read(try await body()) {
    case .success(let read): proposal = read
    case .failure(let failure): throw Problem.proposal(failure.issues)
    }
    guard proposal.orgID == org else {
      throw Problem(
        .conflict, "propose.other_org", "The proposal's org_id is not the organisation asked.",
        remedy: "Send the field AIOM-Org with the proposal's org_id, or correct the document.")
    }
    switch try await Intake(engine).submit(proposal, by: caller.author, via: "api") {
    case .created(let state):
      return .json(["result": "created", "action": state.json], status: .created)
    case .existing(let state, let reason):
      return .json([
        "result": "existing", "reason": .string(reason.rawValue), "action": state.json,
      ])
    case .conflict(let state):
      var problem = Problem(
        .conflict, "propose.conflict",
        "Another proposal with the same idempotency key and other content is there already.",
        remedy: "Look at it; give the new one another key.")
      problem.details["action_id"] = .string(state.id.rawValue)
      throw problem
    case .invalid(let issues): throw Problem.proposal(issues)
    }
  }
}

extension Problem {
  fileprivate static func proposal(_ issues: [ProtocolIssue]) -> Problem {
    Problem(
      .unprocessableContent, "proposal.invalid", "The proposal breaks Action Protocol v1.1.",
      remedy: "Correct every issue.", details: ["issues": .array(issues.map(\.json))])
  }
}
