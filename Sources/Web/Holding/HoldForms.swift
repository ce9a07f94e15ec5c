import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// Puts what an action asks for on hold, from its card.
struct CardHoldForm: DeskForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ org: OrgID, _ id: ActionID, _ caller: Principal, _ form: SentForm
  ) async throws -> DeskDeed {
    let card = try await ports.desk.card(org, id)
    guard let subject = card.holdSubject(form["subject"]) else {
      throw Problem.field("subject", "is nothing of this card", "Take the customer or an invoice.")
    }
    _ = try await CollectionHolds(ports.engine).add(
      org, HoldOrder(form.fields).wish(subject), note: form.fields.words("reason"),
      by: caller.author, via: "web")
    return .held
  }
}

extension ActionCard {
  /// What of the card can be held: a value for a form, and its words.
  var holdSubjects: [(String, String)] {
    guard state.type.asksForMoney, let partner = state.partner else { return [] }
    let name = proposal.affectedRecords.partnerName ?? "customer \(partner.rawValue)"
    let invoices = records.filter { $0.reference.model == "account.move" }.map { record in
      let number = record.fields["name"]?.stringValue ?? String(record.reference.id)
      return ("invoice-\(record.reference.id)", "invoice \(number) alone")
    }
    return invoices + [("customer", "everything that \(name) owes")]
  }

  /// Nil where the card is about something else.
  func holdSubject(_ text: String) -> CollectionHolds.Subject? {
    guard holdSubjects.contains(where: { $0.0 == text }) else { return nil }
    if text == "customer" { return state.partner.map { .partner($0) } }
    return Int64(text.dropFirst("invoice-".count)).map { .invoiceRecord($0) }
  }
}

/// A form that comes back to a customer's page.
protocol CustomerForm: PlaceForm {}

extension CustomerForm {
  func page(
    _ request: WebRequest, _ fields: FormFields, _ problem: Problem
  ) async throws -> Page {
    try await ports.desk.customerPage(request, problem: problem)
  }
}

struct CustomerHoldForm: CustomerForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(_ post: PlacePost) async throws -> (path: String, done: String) {
    let customer = try post.request.customer()
    let subject: CollectionHolds.Subject =
      post["invoice"].isEmpty ? .partner(customer) : .invoice(post["invoice"])
    _ = try await CollectionHolds(ports.engine).add(
      post.org, HoldOrder(post.fields).wish(subject), note: post.needed("reason", "why"),
      by: post.caller.author, via: "web")
    return ("/customers/\(customer.rawValue)", CustomerDeed.held.rawValue)
  }
}

struct CustomerHoldEndForm: CustomerForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(_ post: PlacePost) async throws -> (path: String, done: String) {
    let customer = try post.request.customer()
    _ = try await CollectionHolds(ports.engine).remove(
      post.org, post["hold"], note: post.needed("reason", "why"), by: post.caller.author,
      via: "web")
    return ("/customers/\(customer.rawValue)", CustomerDeed.ended.rawValue)
  }
}

/// What a form of a customer's page did.
enum CustomerDeed: String {
  case held, ended

  var notice: String {
    switch self {
    case .held: "On hold. What waited to ask for it is withdrawn, or drafted anew without it."
    case .ended: "The hold is ended. The next analysis may ask for it again."
    }
  }
}

/// Puts a customer or an invoice on hold for a program.
struct HoldHandler: WritingHandler {
  private let engine: EngineContext

  init(_ ports: WritePorts) { engine = ports.engine }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org else { throw Problem.signInRequired }
    let body = try JSONBody(
      await body(),
      members: [
        "kind", "customer", "invoice", "amount", "currency", "by", "grace_days", "until", "reason",
      ])
    var order = HoldOrder(kind: try body.text("kind"))
    order.amount = try body.optionalText("amount") ?? ""
    order.currency = try body.optionalText("currency") ?? ""
    order.by = try body.optionalText("by") ?? ""
    order.graceDays = try body.optionalNumber("grace_days")
    order.until = try body.optionalText("until") ?? ""
    let wish = try order.wish(Self.subject(body))
    return try await deciding {
      let (hold, changed) = try await CollectionHolds(engine).add(
        org, wish, note: body.text("reason"), by: caller.author, via: "api")
      let kept = CustomerHold(new: hold)
      return .json(
        [
          "hold_id": .string(kept.id), "explanation": .string(kept.explanation),
          "changed_actions": .array(changed.map { .string($0.rawValue) }),
        ], status: .created)
    }
  }

  private static func subject(_ body: JSONBody) throws(Problem) -> CollectionHolds.Subject {
    let customer = try body.optionalNumber("customer")
    switch (customer, try body.optionalText("invoice")) {
    case (nil, let invoice?): return .invoice(invoice)
    case (let number?, nil):
      guard let partner = PartnerID(rawValue: Int64(number)) else {
        throw .value("customer", "a customer's number")
      }
      return .partner(partner)
    default:
      throw .field(
        "customer", "or invoice has to be named, and not both",
        "customer: everything owed; invoice: the number of one.")
    }
  }
}
