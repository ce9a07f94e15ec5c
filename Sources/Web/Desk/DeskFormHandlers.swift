import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// A form of an action's page: it does what it says and leads back, or shows the page again with why
/// not. It needs no script.
protocol DeskForm: WritingHandler {
  var ports: WritePorts { get }

  /// Does it.
  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ fields: FormFields
  ) async throws -> DeskDeed
}

extension DeskForm {
  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let (org, id, caller) = try request.subject()
    // A program is told so before anything is done.
    let frame = try await ports.desk.frame(request).frame
    let fields = FormFields(try await body())
    do {
      let deed = try await act(org, id, caller, fields)
      return .seeOther(frame.path("/actions/\(id.rawValue)", [("done", deed.rawValue)]))
    } catch let error as DecisionError {
      return try await refused(Problem(error), request)
    } catch let error as AccessError {
      return try await refused(Problem(error), request)
    } catch let problem as Problem where problem.status != .notFound {
      return try await refused(problem, request)
    }
  }

  private func refused(_ problem: Problem, _ request: WebRequest) async throws -> WebAnswer {
    guard problem.status != .notFound else { throw problem }
    return .page(try await ports.desk.page(request, problem: problem), status: problem.status)
  }

  var approvals: Approvals { Approvals(ports.engine) }

  /// How long the page was open, by the server's clock.
  func manner(_ fields: FormFields) async throws -> DecisionManner {
    guard let shown = Int64(fields["shown"]) else { return .alone }
    let now = try await ports.engine.store.read { $0.now }
    let span = now.duration(since: Instant(milliseconds: shown))
    guard span >= .zero, span < .seconds(86_400) else { return .alone }
    return DecisionManner(considered: span)
  }

  func digest(_ fields: FormFields) throws -> Digest {
    guard let digest = Digest(hex: fields["digest"]) else {
      throw Problem.value("digest", "one of a card")
    }
    return digest
  }
}

struct ApproveForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ fields: FormFields
  ) async throws -> DeskDeed {
    let digest = try digest(fields)
    var proof: StepUpEvidence?
    if !fields["code"].isEmpty {
      let taken = try await CodeSetup(ports.access).prove(
        fields["code"], for: digest, by: caller, via: "web")
      proof = StepUpEvidence(method: .totp, at: taken.at, evidence: taken.evidence)
    }
    let state = try await approvals.approve(
      org, id, digest: digest, despiteObjection: fields["despite_objection"] == "true",
      stepUp: proof, manner: manner(fields), by: caller.author, via: "web")
    return state.status == .approved ? .approved : .given
  }
}

struct RejectForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ fields: FormFields
  ) async throws -> DeskDeed {
    let preset = RejectionPreset(rawValue: fields["because"])
    let now = try await ports.engine.store.read { $0.now }
    let words = [preset?.reason, fields["reason"].isEmpty ? nil : fields["reason"]]
      .compactMap(\.self).joined(separator: " ")
    let quiet: QuietChoice? =
      switch fields["quiet"] {
      case "until_facts_change": .untilFactsChange
      case "next_level": .nextLevel
      case "never": .never
      default: preset?.quiet(now: now)
      }
    _ = try await approvals.reject(
      org, id, reason: words, quiet: quiet ?? .untilFactsChange, manner: manner(fields),
      by: caller.author, via: "web")
    return .rejected
  }
}

struct SendNowForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ fields: FormFields
  ) async throws -> DeskDeed {
    try await approvals.sendNow(
      org, id, digest: digest(fields), by: caller.author, via: "web")
    return .released
  }
}

struct SnoozeForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ fields: FormFields
  ) async throws -> DeskDeed {
    guard let hours = Int64(fields["hours"]), (1...720).contains(hours) else {
      throw Problem.value("hours", "a number of hours from 1 to 720")
    }
    let now = try await ports.engine.store.read { $0.now }
    try await Inbox(ports.engine).snooze(
      org, id, until: now.advanced(by: .seconds(hours * 3600)), by: caller.author, via: "web")
    return .putOff
  }
}

struct SettleForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ fields: FormFields
  ) async throws -> DeskDeed {
    guard let answer = UnknownAnswer(rawValue: fields["answer"]) else {
      throw Problem.value("answer", "arrived, send-again or leave")
    }
    _ = try await approvals.settle(
      org, id, answer: answer, reason: fields["reason"], by: caller.author, via: "web")
    return .settled
  }
}

struct AskForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ fields: FormFields
  ) async throws -> DeskDeed {
    try await Remarks(ports.engine).ask(
      org, id, fields["text"].unixLines, by: caller.author, via: "web")
    return .asked
  }
}

struct AnswerForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ fields: FormFields
  ) async throws -> DeskDeed {
    try await Remarks(ports.engine).answer(
      org, id, fields["text"].unixLines, by: caller.author, via: "web")
    return .answered
  }
}

struct CommentForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ fields: FormFields
  ) async throws -> DeskDeed {
    try await Remarks(ports.engine).comment(
      org, id, fields["text"].unixLines, by: caller.author, via: "web")
    return .commented
  }
}

extension String {
  /// Browsers end the lines of a text area with two characters.
  fileprivate var unixLines: String { replacing("\r\n", with: "\n") }
}
