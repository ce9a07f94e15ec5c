import ActionProtocol
import Decisions
import Engine

/// Approves a revision by its digest.
struct ActionApproveHandler: WritingHandler {
  private let engine: EngineContext
  private let access: AccessContext

  init(_ ports: WritePorts) {
    engine = ports.engine
    access = ports.access
  }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let (org, id, caller) = try request.subject()
    let body = try JSONBody(
      await body(),
      members: ["digest", "despite_objection", "considered_ms", "code", "passkey"])
    let digest = try body.digest("digest")
    return try await deciding {
      let state = try await Approvals(engine).approve(
        org, id, digest: digest,
        despiteObjection: body.optionalFlag("despite_objection") ?? false,
        stepUp: StepUpProof(
          access: access, party: request.party, caller: caller, digest: digest
        ).of(body), manner: body.manner(),
        by: caller.author, via: "api")
      let missing = try await ActionReader(engine).card(org, id)?.approval?.missing ?? [:]
      return .json([
        "action": state.json,
        "missing": .object(
          JSONObject(
            missing.sorted { $0.key < $1.key }.map { ($0.key, .integer(Int64($0.value))) })),
      ])
    }
  }
}

/// Approves several of one kind; each is answered for itself.
struct ActionsApproveHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org else { throw Problem.signInRequired }
    let body = try JSONBody(await body(), members: ["actions", "considered_ms"])
    let choices = try body.objects("actions", members: ["action", "digest"]).map { one in
      guard let id = ActionID(rawValue: try one.text("action")) else { throw Problem.noAction }
      return BulkChoice(id: id, digest: try one.digest("digest"))
    }
    return try await deciding {
      let results = try await BulkApproval(engine).approve(
        org, choices, considered: body.manner().considered, by: caller.author, via: "api")
      return .json(["results": .array(results.map(\.json))])
    }
  }
}

/// Rejects what is pending, or takes an approval back that was not carried out.
struct ActionRejectHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let (org, id, caller) = try request.subject()
    let body = try JSONBody(
      await body(), members: ["reason", "because", "quiet", "quiet_until", "considered_ms"])
    let preset = try body.preset()
    let now = try await engine.store.read { $0.now }
    let words = [preset?.reason, try body.optionalText("reason")].compactMap(\.self)
    let quiet = try body.quiet() ?? preset?.quiet(now: now) ?? .untilFactsChange
    return try await deciding {
      let state = try await Approvals(engine).reject(
        org, id, reason: words.joined(separator: " "), quiet: quiet, manner: body.manner(),
        by: caller.author, via: "api")
      return .json(["action": state.json])
    }
  }
}

/// Changes the message: a new revision, which is decided on anew.
struct ActionEditHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let (org, id, caller) = try request.subject()
    let body = try JSONBody(
      await body(), members: ["digest", "subject", "body_text", "body_html", "sms", "to"])
    let edit = try body.edit()
    let digest = try body.optionalText("digest").map { _ in try body.digest("digest") }
    return try await deciding {
      let state = try await Approvals(engine).edit(
        org, id, edit, of: digest, by: caller.author, via: "api")
      return .json(["action": state.json])
    }
  }
}

/// Ends the time in which the approval could be undone.
struct ActionSendNowHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let (org, id, caller) = try request.subject()
    let digest = try JSONBody(await body(), members: ["digest"]).digest("digest")
    return try await deciding {
      let state = try await Approvals(engine).sendNow(
        org, id, digest: digest, by: caller.author, via: "api")
      return .json(["action": state.json])
    }
  }
}

/// Settles an outcome that nobody knows.
struct ActionSettleHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let (org, id, caller) = try request.subject()
    let body = try JSONBody(await body(), members: ["answer", "reason"])
    guard let answer = UnknownAnswer(rawValue: try body.text("answer")) else {
      throw Problem.value("answer", "arrived, send-again or leave")
    }
    let reason = try body.text("reason")
    return try await deciding {
      let state = try await Approvals(engine).settle(
        org, id, answer: answer, reason: reason, by: caller.author, via: "api")
      return .json(["action": state.json])
    }
  }
}
