import ActionProtocol
import Cards
import Decisions
import Engine
import HTTPTypes

/// What both twins do: a wish from a body, through the page's own engine port.
struct ComposeBody {
  static let members: Set = [
    "customer", "recipient", "template", "subject", "text", "not_before", "why", "nonce",
  ]

  private let form: ComposeForm

  init(_ kind: ComposeKind, _ bytes: [UInt8]) throws(Problem) {
    let body = try JSONBody(
      bytes, members: kind == .followUp ? Self.members.union(["deed"]) : Self.members)
    var form = ComposeForm(kind)
    guard let customer = try body.optionalNumber("customer") else {
      throw .value("customer", "a customer's number")
    }
    form.customer = String(customer)
    form.recipient = try body.optionalText("recipient") ?? ""
    form.template = try body.optionalText("template") ?? form.template
    form.subject = try body.optionalText("subject") ?? ""
    form.text = try body.optionalText("text") ?? ""
    form.when = try body.optionalText("not_before") ?? ""
    form.why = try body.optionalText("why") ?? ""
    form.nonce = try body.text("nonce")
    if kind == .followUp { form.deed = try body.optionalText("deed") ?? form.deed }
    self.form = form
  }

  func propose(_ request: WebRequest, _ engine: EngineContext) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org else { throw Problem.signInRequired }
    guard let organisation = try await engine.store.read({ try $0.organisation(org) }) else {
      throw Problem.orgNeeded
    }
    return try await deciding {
      let outcome = try await Composer(engine).propose(
        org, form.wish(.init(organisation)), by: caller.author, via: "api")
      switch outcome {
      case .created(let state):
        return .json(["result": "created", "action": state.json], status: .created)
      case .existing(let state, .sameProposal):
        return .json(["result": "existing", "action": state.json])
      default:
        var problem = Problem(outcome)
        if let other = outcome.state { problem.details["action_id"] = .string(other.id.rawValue) }
        throw problem
      }
    }
  }
}

/// Proposes a message of a person.
struct MessageHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    try await ComposeBody(.message, body()).propose(request, engine)
  }
}

/// Proposes a follow-up of a person.
struct FollowUpHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    try await ComposeBody(.followUp, body()).propose(request, engine)
  }
}
