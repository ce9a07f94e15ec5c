import ActionProtocol
import Engine
import Odoo

/// What an org's Odoo offers AIOM, found out by calls that change nothing.
public struct OdooSurvey: Sendable {
  /// How one question was answered.
  public enum State: Hashable, Sendable {
    case ok
    case missing
    case cannotTell
  }

  /// One line of the survey.
  public struct Finding: Hashable, Sendable {
    /// A stable name: `server`, `user`, `model.account.move`, `project` …
    public let id: String
    public let title: String
    public let state: State
    /// What was found; names of models, fields and rights.
    public let found: String
    /// What is off without it, and what to do; empty where nothing is missing.
    public let remedy: String
    /// Whether AIOM works without it.
    public let isOptional: Bool
  }

  public let url: String
  /// Whether the server answered and took the credentials.
  public let isReachable: Bool
  /// Whether waiting may help: it did not answer now.
  public let isTemporary: Bool
  public let findings: [Finding]

  /// Asks an org's Odoo.
  public static func run(_ client: OdooClient, url: String, books: OrgBooks) async -> OdooSurvey {
    let facts: ServerFacts
    do throws(OdooError) {
      facts = try await client.server()
    } catch {
      let finding = Finding(
        id: "server", title: "Server",
        state: OdooRemedy.isTemporary(error) ? .cannotTell : .missing, found: error.code,
        remedy: OdooRemedy.text(error), isOptional: false)
      return OdooSurvey(
        url: url, isReachable: false, isTemporary: OdooRemedy.isTemporary(error),
        findings: [finding])
    }
    var findings = [
      Finding(
        id: "server", title: "Server", state: .ok,
        found: "Odoo \(facts.version), \(facts.wire == .json2 ? "JSON-2" : "JSON-RPC")", remedy: "",
        isOptional: false),
      Finding(
        id: "user", title: "User", state: .ok, found: "id \(facts.userID)", remedy: "",
        isOptional: false),
    ]
    await withTaskGroup { group in
      for (place, need) in OdooNeed.all.enumerated() {
        group.addTask { (place, await need.finding(client)) }
      }
      var found: [(Int, Finding)] = []
      for await one in group { found.append(one) }
      findings += found.sorted { $0.0 < $1.0 }.map(\.1)
    }
    findings.append(await project(client, books))
    return OdooSurvey(url: url, isReachable: true, isTemporary: false, findings: findings)
  }

  /// Whether the project of tasks that name none can be read.
  private static func project(_ client: OdooClient, _ books: OrgBooks) async -> Finding {
    func finding(_ state: State, _ found: String, _ remedy: String) -> Finding {
      Finding(
        id: "project", title: "Project for tasks", state: state, found: found, remedy: remedy,
        isOptional: true)
    }
    guard let id = books.project else {
      return finding(
        .missing, "none chosen",
        "Tasks that name no project wait. Choose one: aiom org set --odoo-project ID.")
    }
    do throws(OdooError) {
      let result = try await client.read("project.project", ids: [Int(id)], fields: ["name"])
      return result.records.isEmpty
        ? finding(.missing, "project \(id) does not exist", "Choose another: --odoo-project ID.")
        : finding(.ok, "project \(id)", "")
    } catch {
      return finding(.cannotTell, error.code, OdooRemedy.text(error))
    }
  }
}

/// What AIOM needs of one model, and what is off without it.
struct OdooNeed: Sendable {
  let model: ModelName
  let title: String
  let rights: [AccessRight]
  /// Fields without which checks or operations on the model cannot tell; each list: one of these.
  let fields: [[FieldName]]
  /// As the end of a sentence.
  let disables: String
  var isOptional = false

  static let all = [
    OdooNeed(
      model: "res.partner", title: "Customers", rights: [.read],
      fields: [["active"], ["email"], ["phone"], ["is_blacklisted"], ["commercial_partner_id"]],
      disables: "no message to a customer can be checked, so none goes out"),
    OdooNeed(
      model: "account.move", title: "Invoices", rights: [.read],
      fields: [["state"], ["payment_state"], ["amount_residual"], ["invoice_date_due"]],
      disables: "reminders, escalations and collection tasks are off"),
    OdooNeed(
      model: "account.move.line", title: "Payments", rights: [.read],
      fields: [["amount_residual_currency"], ["reconciled"], ["parent_state"]],
      disables: "money on account is not seen, and who paid ahead is reminded"),
    OdooNeed(
      model: "res.partner.category", title: "Tags", rights: [.read], fields: [["name"]],
      disables: "tags that mean dispute or never remind are not seen, so nothing is taken over"),
    OdooNeed(
      model: "ir.attachment", title: "Kept PDFs", rights: [.read],
      fields: [["mimetype"], ["file_size"], ["datas"]],
      disables: "reminders carry no PDF on Odoo 17 and later", isOptional: true),
    OdooNeed(
      model: "crm.lead", title: "Deals", rights: [.read, .write],
      fields: [["active"], ["stage_id"], ["date_last_stage_update"]],
      disables: "deal messages and moves of deals are off", isOptional: true),
    OdooNeed(
      model: "project.task", title: "Tasks", rights: [.read, .write, .create],
      fields: [["stage_id"], ["project_id"], ["user_ids", "user_id"], ["date_deadline"]],
      disables: "tasks are not created or moved", isOptional: true),
    OdooNeed(
      model: "project.project", title: "Projects", rights: [.read], fields: [["name"]],
      disables: "tasks are not created", isOptional: true),
    OdooNeed(
      model: "sale.order", title: "Orders", rights: [.read, .write], fields: [["state"]],
      disables: "orders are not confirmed or cancelled", isOptional: true),
    OdooNeed(
      model: "mail.activity", title: "Activities", rights: [.read, .create],
      fields: [["res_model"], ["res_id"], ["note"]], disables: "activities are not planned",
      isOptional: true),
    OdooNeed(
      model: "mail.message", title: "Notes", rights: [.read, .create],
      fields: [["model"], ["res_id"], ["body"]],
      disables: "internal notes are not written", isOptional: true),
    OdooNeed(
      model: "res.users", title: "Users", rights: [.read], fields: [["name"], ["share"]],
      disables: "salespeople are not known by name", isOptional: true),
    OdooNeed(
      model: "res.currency", title: "Currencies", rights: [.read], fields: [["decimal_places"]],
      disables: "amounts cannot be read"),
  ]

  func finding(_ client: OdooClient) async -> OdooSurvey.Finding {
    do throws(OdooError) {
      let known = try await client.fields(of: model)
      let lacking = fields.filter { names in names.allSatisfy { known[$0] == nil } }
      var refused: [AccessRight] = []
      for right in rights where try await !client.hasAccess(to: model, right) {
        refused.append(right)
      }
      return finding(lacking.map { $0.map(\.text).joined(separator: " or ") }, refused)
    } catch {
      return finding(error)
    }
  }

  private func finding(_ lacking: [String], _ refused: [AccessRight]) -> OdooSurvey.Finding {
    guard !lacking.isEmpty || !refused.isEmpty else {
      return finding(.ok, rights.map(\.rawValue).joined(separator: ", "), "")
    }
    let fields = lacking.isEmpty ? nil : "no field \(lacking.joined(separator: ", "))"
    let rights =
      refused.isEmpty ? nil : "may not \(refused.map(\.rawValue).joined(separator: ", "))"
    return finding(
      .missing, [rights, fields].compactMap(\.self).joined(separator: "; "),
      "Without it \(disables). Give the bot user the rights that docs/integrations/odoo.md lists.")
  }

  private func finding(_ error: OdooError) -> OdooSurvey.Finding {
    switch error.kind {
    case .modelUnknown:
      finding(
        .missing, "the module is not installed",
        "Without it \(disables). Install the module, or leave it.")
    case .accessDenied:
      finding(
        .missing, "no access",
        "Without it \(disables). Give the bot user the rights that docs/integrations/odoo.md lists."
      )
    default: finding(.cannotTell, error.code, OdooRemedy.text(error))
    }
  }

  private func finding(
    _ state: OdooSurvey.State, _ found: String, _ remedy: String
  ) -> OdooSurvey.Finding {
    OdooSurvey.Finding(
      id: "model.\(model)", title: title, state: state, found: "\(model): \(found)",
      remedy: remedy, isOptional: isOptional)
  }
}

/// What a person can do about an error of Odoo. Codes only: the server's own text may name records.
public enum OdooRemedy {
  public static func text(_ error: OdooError) -> String {
    switch error.kind {
    case .credentialsRefused, .credentialsHeldBack:
      "Login, key or its expiry: renew the API key in Odoo (Preferences, Account Security) and set "
        + "it where the org's --odoo-key points."
    case .accessDenied:
      "Give Odoo's bot user the right on \(error.model ?? "the model"): docs/integrations/odoo.md."
    case .databaseUnknown: "Correct ODOO_DB, or aiom org set --odoo-db NAME."
    case .notOdoo: "Correct ODOO_URL, or aiom org set --odoo-url ADDRESS: no Odoo answers there."
    case .modelUnknown: "Install the module of \(error.model ?? "the model") in Odoo."
    case .fieldUnknown:
      "This Odoo has no field \(error.detail ?? "of that name"), or hides it from the bot user."
    case .requestInvalid: "Check ODOO_URL, ODOO_DB, ODOO_USER and the key: \(error.code)."
    default: "Odoo did not answer as it should; it is asked again by itself."
    }
  }

  /// Whether waiting alone may help.
  public static func isTemporary(_ error: OdooError) -> Bool {
    switch error.kind {
    case .notSent, .deadline, .connectionLost, .unavailable, .databaseUnavailable, .throttled,
      .conflict, .serverFailure:
      true
    default: false
    }
  }
}
