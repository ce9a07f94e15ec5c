import ActionProtocol
import Engine
import Foundation
import Odoo
import Synchronization

/// What the demo makes in Odoo, in the name of the people who work there: customers, invoices, a project.
///
/// Everything that was made is remembered, so that it can be taken away again whatever happens.
/// Thread-safe.
final class OdooDemoBooks: Sendable {
  /// A customer with one open invoice.
  struct Case: Sendable {
    let partner: Int
    let partnerName: String
    let invoice: Int
    let number: String
    let email: String
  }

  private struct Made {
    let model: ModelName
    let id: Int
    let name: String
  }

  /// Found anew for each use: the engine closes its connections between runs.
  private let client: @Sendable () throws -> OdooClient
  private let made = Mutex<[Made]>([])
  /// Beside other runs' records in the same Odoo.
  let mark: String

  init(mark: String, client: @escaping @Sendable () throws -> OdooClient) {
    self.mark = mark
    self.client = client
  }

  // MARK: - Before the first act

  /// A customer who owes one invoice.
  func owing(
    _ name: String, amount: Int, issued: LocalDate, due: LocalDate
  ) async throws -> Case {
    let full = "AIOM demo \(mark): \(name)"
    let email = "billing@\(Self.host(name)).example"
    let client = try client()
    var customer: [FieldName: NewValue] = [
      "name": .text(full), "email": .text(email), "is_company": .flag(true),
    ]
    if let country = try await client.searchRead(
      Search("res.country", where: .text("code").is("US"), fields: ["code"], limit: 1)
    ).first {
      customer["country_id"] = .link(country.id)
    }
    let partner = try await client.create("res.partner", customer)
    remember("res.partner", partner, full)
    guard let from = OdooDate(issued.iso), let until = OdooDate(due.iso) else {
      throw DemoHouse.missing("the invoice's dates")
    }
    let invoice = try await client.create(
      "account.move",
      [
        "move_type": .choice("out_invoice"), "partner_id": .link(partner),
        "invoice_date": .date(from), "invoice_date_due": .date(until),
        "invoice_line_ids": .links([
          .create([
            "name": .text("Office chairs"), "quantity": .integer(1),
            "price_unit": .integer(amount), "tax_ids": .links([.replace([])]),
          ])
        ]),
      ])
    remember("account.move", invoice, "draft invoice of \(full)")
    _ = try await client.call("account.move", "action_post", ids: [invoice], effect: .write)
    let found = try await client.read("account.move", ids: [invoice], fields: ["name"])
    let number = found[invoice]?.text("name") ?? "invoice \(invoice)"
    remember("account.move", invoice, number)
    return Case(
      partner: partner, partnerName: full, invoice: invoice, number: number, email: email)
  }

  func project() async throws -> Int {
    let name = "AIOM demo \(mark): collections"
    let id = try await client().create("project.project", ["name": .text(name)])
    remember("project.project", id, name)
    return id
  }

  // MARK: - Between approval and execution

  /// As the accountant registers a payment.
  /// - Returns: the payment's state in Odoo afterwards.
  func pay(_ debt: Case) async throws -> String {
    let client = try client()
    let context = OdooContext(more: [
      "active_model": "account.move", "active_ids": .array([.int(debt.invoice)]),
    ])
    let form = try await client.create("account.payment.register", [:], context: context)
    _ = try await client.call(
      "account.payment.register", "action_create_payments", ids: [form], effect: .write,
      context: context)
    return try await paymentState(debt)
  }

  private func paymentState(_ debt: Case) async throws -> String {
    let found = try await client().read(
      "account.move", ids: [debt.invoice], fields: ["payment_state"])
    return found[debt.invoice]?.text("payment_state") ?? "gone"
  }

  func deleteProject(_ id: Int) async throws {
    try await client().delete("project.project", ids: [id])
    made.withLock { $0.removeAll { $0.model == "project.project" && $0.id == id } }
  }

  /// The note on an invoice that holds a text, as plain lines; nil where there is none.
  func note(on debt: Case, containing text: String) async throws -> String? {
    let client = try client()
    guard
      let id = try await client.messages(
        containing: text, on: "account.move", id: debt.invoice
      ).first
    else { return nil }
    let found = try await client.read("mail.message", ids: [id], fields: ["body"])
    return found[id]?.text("body").map(Self.plain)
  }

  // MARK: - Afterwards

  /// Takes away what was made, as far as Odoo lets it be.
  /// - Returns: what is left, each with how.
  func clear() async -> [String] {
    var left: [String] = []
    let all = made.withLock { $0 }
    // The latest first: an invoice can be deleted while no later one has a number.
    for one in all.reversed() where one.model != "res.partner" {
      if let how = await remove(one) { left.append("\(one.name): \(how)") }
    }
    for one in all where one.model == "res.partner" {
      if let how = await remove(one) { left.append("\(one.name): \(how)") }
    }
    return left
  }

  /// - Returns: nil where it is gone.
  private func remove(_ one: Made) async -> String? {
    do {
      let client = try client()
      switch one.model {
      case "account.move": return try await removeInvoice(one.id, client)
      case "res.partner":
        try await removePayments(of: one.id, client)
        if await isDeleted(one, client) { return nil }
        try await client.write("res.partner", ids: [one.id], ["active": .flag(false)])
        return "archived"
      default: return await isDeleted(one, client) ? nil : "still there"
      }
    } catch {
      return "still there"
    }
  }

  private func removeInvoice(_ id: Int, _ client: OdooClient) async throws -> String? {
    if try await !client.read("account.move", ids: [id], fields: ["name"]).missing.isEmpty {
      return nil
    }
    if let partner = try await client.read("account.move", ids: [id], fields: ["partner_id"])[id]?
      .link("partner_id")?.id
    {
      try await removePayments(of: partner, client)
    }
    if await !isDone({
      _ = try await client.call(
        "account.move", "button_draft", ids: [id], effect: .write)
    }) {
      return "still there"
    }
    if await isDone({ try await client.delete("account.move", ids: [id]) }) { return nil }
    return await isDone({
      _ = try await client.call("account.move", "button_cancel", ids: [id], effect: .write)
    }) ? "cancelled" : "a draft"
  }

  private func removePayments(of partner: Int, _ client: OdooClient) async throws {
    let payments = try await client.searchRead(
      Search(
        "account.payment", where: .link("partner_id").isOneOf([partner]), fields: ["partner_id"]))
    for payment in payments {
      _ = try await client.call(
        "account.payment", "action_draft", ids: [payment.id], effect: .write)
      try await client.delete("account.payment", ids: [payment.id])
    }
  }

  private func isDeleted(_ one: Made, _ client: OdooClient) async -> Bool {
    await isDone { try await client.delete(one.model, ids: [one.id]) }
  }

  private func isDone(_ work: () async throws -> Void) async -> Bool {
    do {
      try await work()
      return true
    } catch {
      return (error as? OdooError)?.kind == .recordMissing
    }
  }

  private func remember(_ model: ModelName, _ id: Int, _ name: String) {
    made.withLock { made in
      made.removeAll { $0.model == model && $0.id == id }
      made.append(Made(model: model, id: id, name: name))
    }
  }

  // MARK: - Words

  private static func host(_ name: String) -> String {
    name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }

  /// The lines of a note's HTML.
  private static func plain(_ html: String) -> String {
    var text = ""
    var isTag = false
    for character in html.replacing("<br>", with: "\n").replacing("<br/>", with: "\n") {
      if character == "<" { isTag = true }
      if !isTag { text.append(character) }
      if character == ">" { isTag = false }
    }
    return text.replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&amp;", with: "&")
  }
}
