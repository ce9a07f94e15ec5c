import ActionProtocol
import Addressing
import Decisions
import Engine
import HTTPTypes

/// A form of an action's page: it does what it says and leads back, or shows the page again with why
/// not. It needs no script.
protocol DeskForm: WritingHandler {
  var ports: WritePorts { get }

  /// Does it.
  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ form: SentForm
  ) async throws -> DeskDeed
}

/// What a form brought, and under which name its page was opened.
struct SentForm: Sendable {
  let fields: FormFields
  let party: RelyingParty

  subscript(name: String) -> String { fields[name] }
}

extension DeskForm {
  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let (org, id, caller) = try request.subject()
    // A program is told so before anything is done.
    let frame = try await ports.desk.frame(request).frame
    let form = SentForm(fields: FormFields(try await body()), party: request.party)
    do {
      let deed = try await act(org, id, caller, form)
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
  func manner(_ form: SentForm) async throws -> DecisionManner {
    guard let shown = Int64(form["shown"]) else { return .alone }
    let now = try await ports.engine.store.read { $0.now }
    let span = now.duration(since: Instant(milliseconds: shown))
    guard span >= .zero, span < .seconds(86_400) else { return .alone }
    return DecisionManner(considered: span)
  }

  func digest(_ form: SentForm) throws -> Digest {
    guard let digest = Digest(hex: form["digest"]) else {
      throw Problem.value("digest", "one of a card")
    }
    return digest
  }
}

struct ApproveForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ form: SentForm
  ) async throws -> DeskDeed {
    let digest = try digest(form)
    let state = try await approvals.approve(
      org, id, digest: digest, despiteObjection: form["despite_objection"] == "true",
      stepUp: StepUpProof(
        access: ports.access, party: form.party, caller: caller, digest: digest
      ).of(form.fields), manner: manner(form), by: caller.author, via: "web")
    return state.status == .approved ? .approved : .given
  }
}

struct RejectForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ form: SentForm
  ) async throws -> DeskDeed {
    let preset = RejectionPreset(rawValue: form["because"])
    let now = try await ports.engine.store.read { $0.now }
    let words = [preset?.reason, form["reason"].isEmpty ? nil : form["reason"]]
      .compactMap(\.self).joined(separator: " ")
    let quiet: QuietChoice? =
      switch form["quiet"] {
      case "until_facts_change": .untilFactsChange
      case "next_level": .nextLevel
      case "never": .never
      default: preset?.quiet(now: now)
      }
    let state = try await approvals.reject(
      org, id, reason: words, quiet: quiet ?? .untilFactsChange, manner: manner(form),
      by: caller.author, via: "web")
    return state.status == .rejected ? .rejected : .refused
  }
}

struct SendNowForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ form: SentForm
  ) async throws -> DeskDeed {
    try await approvals.sendNow(
      org, id, digest: digest(form), by: caller.author, via: "web")
    return .released
  }
}

struct SnoozeForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ form: SentForm
  ) async throws -> DeskDeed {
    guard let hours = Int64(form["hours"]), (1...720).contains(hours) else {
      throw Problem.value("hours", "a number of hours from 1 to 720")
    }
    let now = try await ports.engine.store.read { $0.now }
    try await Inbox(ports.engine).snooze(
      org, id, until: now.advanced(by: .seconds(hours * 3600)), by: caller.author, via: "web")
    return .putOff
  }
}

struct EditForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ form: SentForm
  ) async throws -> DeskDeed {
    let digest = try digest(form)
    let card = try await ports.desk.card(org, id)
    _ = try await approvals.edit(
      org, id, form.changes(of: card.proposal.operation), of: digest, by: caller.author,
      via: "web")
    return .edited
  }
}

extension SentForm {
  /// What differs from the message as it stands: text that was only shown stays as it is, with its
  /// HTML form.
  fileprivate func changes(of operation: TypedOperation) throws -> ActionEdit {
    var edit = ActionEdit()
    switch operation {
    case .email(_, let email):
      if self["subject"] != email.subject { edit.subject = self["subject"] }
      let text = self["body_text"].unixLines
      if text != email.bodyText.unixLines { edit.bodyText = text }
      let to = try addresses()
      if to.map(\.rawValue) != email.to.map(\.rawValue) { edit.to = to }
    case .sms(_, let sms):
      let text = self["sms"].unixLines
      if text != sms.body.unixLines { edit.sms = text }
    default: break
    }
    return edit
  }

  private func addresses() throws -> [EmailAddress] {
    try self["to"].split { $0 == "," || $0.isWhitespace }.map { text in
      // Which rule it breaks says less to a person than what the field wants.
      guard let address = try? EmailAddress(String(text)) else {
        throw Problem.value("to", "e-mail addresses with commas between them")
      }
      return address
    }
  }
}

struct DelegateForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ form: SentForm
  ) async throws -> DeskDeed {
    let name = form["person"]
    var person: PersonID?
    if !name.isEmpty {
      person = PersonID(rawValue: name)
      guard person != nil else { throw Problem.value("person", "a person's short name") }
    }
    try await Inbox(ports.engine).assign(org, id, to: person, by: caller.author, via: "web")
    return person == nil ? .shared : .handed
  }
}

struct SettleForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ form: SentForm
  ) async throws -> DeskDeed {
    guard let answer = UnknownAnswer(rawValue: form["answer"]) else {
      throw Problem.value("answer", "arrived, send-again or leave")
    }
    _ = try await approvals.settle(
      org, id, answer: answer, reason: form["reason"], by: caller.author, via: "web")
    return .settled
  }
}

struct AskForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ form: SentForm
  ) async throws -> DeskDeed {
    try await Remarks(ports.engine).ask(
      org, id, form["text"].unixLines, by: caller.author, via: "web")
    return .asked
  }
}

struct AnswerForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ form: SentForm
  ) async throws -> DeskDeed {
    try await Remarks(ports.engine).answer(
      org, id, form["text"].unixLines, by: caller.author, via: "web")
    return .answered
  }
}

struct CommentForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ form: SentForm
  ) async throws -> DeskDeed {
    try await Remarks(ports.engine).comment(
      org, id, form["text"].unixLines, by: caller.author, via: "web")
    return .commented
  }
}

extension String {
  /// Browsers end the lines of a text area with two characters.
  fileprivate var unixLines: String { replacing("\r\n", with: "\n") }
}
