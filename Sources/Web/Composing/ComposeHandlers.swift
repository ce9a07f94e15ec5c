import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// The form, or the search for whom it is.
struct ComposePageHandler: ReadingHandler {
  private let desk: DeskViews

  init(_ ports: ReadPorts) { desk = ports.desk }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let frame = try await desk.frame(request).frame
    let kind = try request.composeKind()
    let query = QueryValues(request.query)
    guard let customer = query.text("customer") else {
      let search = try query.value("q", "at most 200 characters") { $0.count <= 200 ? $0 : nil }
      let found = try await Customers(desk.engine).page(
        frame.org, CustomerFilter(search: search, limit: 20))
      return .page(ComposeStart.page(frame, kind, search, found))
    }
    guard let number = Int64(customer), let id = PartnerID(rawValue: number),
      let desk = try await Composer(desk.engine).desk(frame.org, id)
    else { throw Problem.noCustomer }
    var form = ComposeForm(kind)
    form.recipient = query.text("recipient") ?? desk.addresses.first?.id ?? ""
    return .page(ComposePage(frame: frame, form: form, desk: desk).page)
  }
}

/// Shows what would be proposed; changes nothing.
struct ComposePreviewForm: WritingHandler {
  private let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    try await ComposePost(ports, request, FormFields(body())).answer { composer, post, wish in
      let preview = try await composer.preview(
        post.frame.org, wish, by: post.caller.author, via: "web")
      return .page(post.page(preview: preview))
    }
  }
}

/// Proposes it and leads to its card.
struct ComposeSubmitForm: WritingHandler {
  private let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    try await ComposePost(ports, request, FormFields(body())).answer { composer, post, wish in
      let outcome = try await composer.propose(
        post.frame.org, wish, by: post.caller.author, via: "web")
      switch outcome {
      case .created(let state), .existing(let state, .sameProposal):
        return .seeOther(
          post.frame.path(
            "/actions/\(state.id.rawValue)", [("done", DeskDeed.proposed.rawValue)]))
      default:
        let problem = Problem(outcome)
        return .page(post.page(problem: problem, other: outcome.state), status: problem.status)
      }
    }
  }
}

/// A form about a message that was sent, with the page that it comes from.
private struct ComposePost {
  let frame: DeskFrame
  let caller: Principal
  let form: ComposeForm
  let desk: ComposingDesk
  private let composer: Composer

  init(_ ports: WritePorts, _ request: WebRequest, _ fields: FormFields) async throws {
    guard let caller = request.caller else { throw Problem.signInRequired }
    self.caller = caller
    frame = try await ports.desk.frame(request).frame
    form = ComposeForm(try request.composeKind(), fields)
    composer = Composer(ports.engine)
    guard let number = Int64(form.customer), let id = PartnerID(rawValue: number),
      let desk = try await composer.desk(frame.org, id)
    else { throw Problem.noCustomer }
    self.desk = desk
  }

  func answer(
    _ body: (Composer, ComposePost, MessageWish) async throws -> WebAnswer
  ) async throws -> WebAnswer {
    do {
      return try await body(composer, self, form.wish(frame.time))
    } catch let error as DecisionError {
      let problem = Problem(error)
      return .page(page(problem: problem), status: problem.status)
    }
  }

  func page(
    problem: Problem? = nil, other: ActionState? = nil, preview: ComposedPreview? = nil
  ) -> Page {
    ComposePage(
      frame: frame, form: form, desk: desk, problem: problem, other: other, preview: preview
    ).page
  }
}

extension Problem {
  /// Why a proposal of a form became no action of its own.
  init(_ outcome: IntakeOutcome) {
    switch outcome {
    case .invalid(let issues):
      self.init(
        .unprocessableContent, Self.field(issues), issues.map(\.message).joined(separator: " "),
        remedy: issues.map(\.remedy).joined(separator: " "),
        details: ["issues": .array(issues.map(\.json))])
    case .conflict:
      self.init(
        .conflict, "compose.sent_before", "This form was sent before, with other words.",
        remedy: "Change that action, or load the form again for another one.")
    case .existing(_, .rejectedBefore):
      self.init(
        .conflict, "compose.rejected_before",
        "Somebody rejected it, and nothing has changed since.",
        remedy: "Look at the reason; write your own words where you know more.")
    case .existing, .created:
      self.init(
        .conflict, "compose.there_already", "An action of this kind stands for this customer.",
        remedy: "Decide that one first, or change what it says.")
    }
  }

  private static func field(_ issues: [ProtocolIssue]) -> String {
    let places = issues.map { "/" + $0.pointer.steps.joined(separator: "/") }
    if places.contains(where: { $0.hasSuffix("/subject") }) { return "compose.subject" }
    if places.contains(where: { $0.contains("/body") }) { return "compose.text" }
    return "compose.invalid"
  }
}

extension WebRequest {
  fileprivate func composeKind() throws(Problem) -> ComposeKind {
    guard let kind = ComposeKind(rawValue: token) else { throw Problem.notFound }
    return kind
  }
}
