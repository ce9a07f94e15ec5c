import Engine
import Odoo

/// Which model a kind is, what of it is read, and which of its records.
struct OdooSyncPlan: Sendable {
  let model: ModelName
  /// What is read where the server has it.
  let fields: [FieldName]
  /// The records that the ledger should have.
  let wanted: Domain
  /// Those whose changes matter, also where a change makes them unwanted.
  let changed: Domain
  let context: OdooContext

  /// - Parameters:
  ///   - known: the model's fields on this server.
  ///   - companies: only records of these, and of no company; empty: all that the user may see.
  ///   - since: messages before it are not read.
  init(
    _ kind: SyncKind, known: FieldSet, companies: [Int64], since: OdooTime?
  ) {
    let kind = OdooSyncKind(kind)
    model = kind.model
    fields = kind.fields.filter { known[$0] != nil }
    let scope = Self.scope(kind, known, companies)
    changed = kind.changed(known, since) && scope
    wanted = kind.wanted(known) && changed
    context = OdooContext(
      activeTest: false, allowedCompanies: companies.isEmpty ? nil : companies.map { Int($0) })
  }

  /// Records of no company belong to all; books always belong to one.
  private static func scope(
    _ kind: OdooSyncKind, _ known: FieldSet, _ companies: [Int64]
  ) -> Domain {
    guard !companies.isEmpty, kind.hasCompany, known["company_id"] != nil else { return .all }
    let company = Domain.link("company_id")
    let own = company.isOneOf(companies.map { Int($0) })
    return kind.isBooks ? own : own || company.isEmpty
  }
}

/// What is known of a kind without asking.
struct OdooSyncKind: Sendable {
  let kind: SyncKind

  init(_ kind: SyncKind) { self.kind = kind }

  var isBooks: Bool { kind == .invoices || kind == .payments }

  var hasCompany: Bool {
    switch kind {
    case .partners, .invoices, .payments, .deals, .tasks: true
    default: false
    }
  }

  var model: ModelName {
    switch kind {
    case .companies: "res.company"
    case .users: "res.users"
    case .dealStages: "crm.stage"
    case .taskStages: "project.task.type"
    case .projects: "project.project"
    case .partners: "res.partner"
    case .invoices: "account.move"
    case .payments: "account.move.line"
    case .deals: "crm.lead"
    case .tasks: "project.task"
    case .messages: "mail.message"
    }
  }

  var fields: [FieldName] {
    switch kind {
    case .companies, .users, .taskStages, .projects: ["name", "write_date"]
    case .dealStages: ["name", "is_won", "write_date"]
    case .partners:
      [
        "name", "email", "email_normalized", "phone", "mobile", "lang", "tz", "country_id",
        "commercial_partner_id", "parent_id", "type", "user_id", "category_id", "active",
        "is_blacklisted", "write_date",
      ]
    case .invoices:
      [
        "name", "move_type", "state", "payment_state", "amount_total", "amount_residual",
        "currency_id", "company_id", "partner_id", "commercial_partner_id", "invoice_date",
        "invoice_date_due", "write_date",
      ]
    case .payments:
      [
        "partner_id", "amount_residual_currency", "currency_id", "date", "reconciled",
        "parent_state", "write_date",
      ]
    case .deals:
      [
        "name", "partner_id", "stage_id", "expected_revenue", "company_currency", "company_id",
        "date_deadline", "date_closed", "date_last_stage_update", "active", "probability",
        "won_status", "user_id", "create_date", "write_date",
      ]
    case .tasks:
      [
        "name", "project_id", "stage_id", "date_deadline", "priority", "partner_id", "user_ids",
        "user_id", "is_closed", "state", "active", "write_date",
      ]
    case .messages:
      [
        "model", "res_id", "author_id", "email_from", "subject", "message_type", "create_date",
        "write_date",
      ]
    }
  }

  func changed(_ known: FieldSet, _ since: OdooTime?) -> Domain {
    switch kind {
    case .companies, .dealStages, .taskStages, .projects: return .all
    case .users: return .flag("share").is(false)
    case .partners:
      // 14 keeps employees' own addresses among them.
      return known["type"]?.choices.contains("private") == true
        ? .choice("type").isNot("private") : .all
    case .invoices: return .choice("move_type").isOneOf(["out_invoice", "out_refund"])
    case .payments:
      let type =
        known["account_type"] != nil
        ? Domain.choice("account_type").is("asset_receivable")
        : Domain.choice("account_internal_type").is("receivable")
      return type && .choice("move_id.move_type").is("entry") && .number("balance").isLess(than: 0)
    case .deals: return .choice("type").is("opportunity")
    case .tasks: return .link("project_id").isSet
    case .messages:
      let outside = Domain.link("author_id").isEmpty || .flag("author_id.partner_share").is(true)
      let domain =
        Domain.choice("message_type").isOneOf(["email", "comment"])
        && .text("model").isOneOf(["account.move", "crm.lead", "res.partner"]) && outside
      return since.map { domain && .time("create_date").isAtOrAfter($0) } ?? domain
    }
  }

  /// What is left of ``changed(_:_:)`` where all records are read.
  func wanted(_ known: FieldSet) -> Domain {
    switch kind {
    case .invoices:
      .choice("move_type").is("out_invoice")
        || .choice("state").is("posted") && .number("amount_residual").isMore(than: 0)
    case .payments: .flag("reconciled").is(false) && .choice("parent_state").is("posted")
    default: .all
    }
  }
}
