@testable import Odoo

/// Invoices and payments, as far as a demo and a synchronisation need them.
extension MiniOdoo {
  /// Fields of the books beside those that every model has.
  static let accounting: [String: String] = [
    "phone": "char", "is_blacklisted": "boolean", "commercial_partner_id": "many2one",
    "country_id": "many2one", "code": "char", "share": "boolean", "decimal_places": "integer",
    "move_type": "selection", "payment_state": "selection", "amount_total": "monetary",
    "amount_residual": "monetary", "currency_id": "many2one", "company_id": "many2one",
    "invoice_date": "date", "invoice_date_due": "date", "invoice_line_ids": "one2many",
    "amount_residual_currency": "monetary", "reconciled": "boolean", "parent_state": "selection",
    "access_url": "char", "access_token": "char", "is_company": "boolean", "author_id": "many2one",
    "email_from": "char",
    "subject": "char", "message_type": "char", "create_date": "datetime",
  ]

  /// A company with a currency, a country and nothing else.
  static func company() async throws -> MiniOdoo {
    let odoo = try await MiniOdoo(fields: accounting)
    odoo.put("res.currency", 1, ["name": "USD"])
    odoo.put("res.country", 233, ["name": "United States", "code": "US"])
    odoo.put("res.company", 1, ["name": "Acme"])
    odoo.put("res.users", user, ["name": "Bot", "share": false])
    return odoo
  }

  /// What Odoo adds to a record by itself.
  func completed(
    _ model: String, _ given: [String: OdooJSON], _ id: Int, _ state: State, _ call: Call?
  ) -> [String: OdooJSON] {
    var values = given
    for (name, target) in ["partner_id": "res.partner", "country_id": "res.country"] {
      guard let link = values[name]?.integer else { continue }
      values[name] = [.int(link), state.records[target]?[link]?["name"] ?? "x"]
    }
    switch model {
    case "res.partner":
      values["commercial_partner_id"] = [.int(id), values["name"] ?? "x"]
      values["is_blacklisted"] = false
    case "account.move":
      let total = (values["invoice_line_ids"]?.elements ?? []).reduce(0.0) {
        $0 + ($1.elements?.last?["price_unit"]?.number ?? 0)
      }
      values.merge(
        [
          "name": false, "state": "draft", "payment_state": "not_paid",
          "amount_total": .double(total), "amount_residual": .double(total),
          "currency_id": [1, "USD"], "company_id": [1, "Acme"], "invoice_line_ids": [],
          "commercial_partner_id": values["partner_id"] ?? false,
        ]
      ) { $1 }
    case "account.payment.register": values["invoices"] = call?.names["context"]?["active_ids"]
    default: break
    }
    return values
  }

  /// Methods of invoices and payments; nil for any other.
  func account(_ call: Call, _ state: inout State) -> Result<OdooJSON, Refusal>? {
    switch call.method {
    case "action_post":
      for id in call.ids {
        change(
          "account.move", id, ["state": "posted", "name": .string("INV/2026/\(10_000 + id)")],
          &state)
      }
    case "button_draft": for id in call.ids { change(call.model, id, ["state": "draft"], &state) }
    case "button_cancel": for id in call.ids { change(call.model, id, ["state": "cancel"], &state) }
    case "action_draft": for id in call.ids { change(call.model, id, ["state": "draft"], &state) }
    case "get_portal_url":
      guard let id = call.ids.first else { return nil }
      change("account.move", id, ["access_token": "made-now"], &state)
      return .success(.string("/my/invoices/\(id)?access_token=made-now"))
    case "action_create_payments":
      for form in call.ids {
        for id in state.records[call.model]?[form]?["invoices"]?.ids ?? [] { pay(id, &state) }
      }
    default: return nil
    }
    return .success(false)
  }

  private func pay(_ invoice: Int, _ state: inout State) {
    change(
      "account.move", invoice, ["payment_state": "paid", "amount_residual": .double(0)], &state)
    let partner = state.records["account.move"]?[invoice]?["partner_id"] ?? false
    _ = create("account.payment", ["partner_id": partner], &state)
  }

  private func change(
    _ model: String, _ id: Int, _ values: [String: OdooJSON], _ state: inout State
  ) {
    state.records[model]?[id]?.merge(values) { $1 }
  }
}
