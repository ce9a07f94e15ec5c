import ActionProtocol
import Cards
import Decisions
import Engine
import Foundation

/// Writing a message or planning a follow-up: first to whom, then what. It works without scripts; what is
/// wrong stands at its field, with what was filled in.
struct ComposePage {
  let frame: DeskFrame
  let form: ComposeForm
  let desk: ComposingDesk
  var problem: Problem?
  /// An action that is in the way, or stands for it already.
  var other: ActionState?
  var preview: ComposedPreview?

  /// The fields that a problem can be about.
  private static let fields: Set = [
    "recipient", "template", "deed", "subject", "text", "when", "why",
  ]

  var page: Page {
    .desk(frame, title: form.kind.title, current: "") { main in
      main.element("h1", text: "\(form.kind.title) to \(desk.customer.name)")
      main.element("p", [("class", "hint")]) { words in
        words.text("It becomes a card like every other: policy and approval decide. ")
        words.element(
          "a", [("href", frame.path(form.kind.path))], text: "Choose another customer")
      }
      wrong(&main)
      if let preview { shown(preview, &main) }
      main.form(frame, form.kind.path, class: "compose") { fields(&$0) }
    }
  }

  // MARK: - What is wrong

  private var field: String? {
    guard let code = problem?.code, code.hasPrefix("compose.") else { return nil }
    let name = String(code.dropFirst("compose.".count))
    return Self.fields.contains(name) ? name : nil
  }

  private func wrong(_ main: inout HTML) {
    guard let problem else { return }
    main.element("div", [("class", "error"), ("role", "alert")]) { error in
      error.element("strong", text: problem.title)
      error.element("p", text: problem.remedy)
      if let field {
        error.element("a", [("href", "#\(field)")], text: "To the field")
      }
      if let other {
        error.element(
          "a", [("href", frame.path("/actions/\(other.id.rawValue)"))], text: "Look at that action")
      }
    }
  }

  private func marks(_ name: String) -> [(StaticString, String)] {
    guard field == name else { return [] }
    return [("aria-invalid", "true"), ("aria-describedby", "\(name)-error")]
  }

  private func error(_ name: String, _ html: inout HTML) {
    guard field == name, let problem else { return }
    html.element(
      "p", [("class", "error"), ("id", "\(name)-error")], text: "\(problem.title) \(problem.remedy)"
    )
  }

  // MARK: - The fields

  private func fields(_ html: inout HTML) {
    html.hidden("customer", "\(desk.customer.id.rawValue)")
    html.hidden("nonce", form.nonce.isEmpty ? desk.nonce : form.nonce)
    if form.kind == .followUp {
      select(
        "deed", "What it becomes", form.deed,
        [("message", "a message"), ("call", "a call, as a task"), ("task", "a task")], &html)
    }
    select("recipient", "To", form.recipient, recipients, &html)
    select("template", "Template", form.template, templates, &html)
    input("subject", "Subject (of an e-mail or task)", form.subject, [("maxlength", "200")], &html)
    html.element("label", [("for", "text")], text: "Text (of your own words)")
    html.element(
      "textarea", [("id", "text"), ("name", "text"), ("rows", "10")] + marks("text")
    ) { $0.text("\n" + form.text) }
    error("text", &html)
    input("when", whenLabel, form.when, [("type", "datetime-local")], &html)
    input("why", "Why, for the record (may be empty)", form.why, [("maxlength", "1000")], &html)
    html.element("div", [("class", "together")]) { row in
      row.button("Show what it says", [("formaction", frame.path("\(form.kind.path)/preview"))])
      row.button(
        form.kind == .message ? "Propose this message" : "Propose this follow-up",
        class: "primary")
    }
  }

  private var whenLabel: String {
    let zone = frame.time.zone.identifier
    return form.kind == .message
      ? "Not before (\(zone) time; empty: propose it now, else it becomes a card then)"
      : "When it becomes a proposal (\(zone) time)"
  }

  private var recipients: [(String, String)] {
    let none = form.kind == .followUp ? [("", "nobody: a call or a task")] : []
    return desk.addresses.map { address in
      let name = address.holder.id == desk.customer.id ? "" : ", \(address.holder.name)"
      return (address.id, "\(address.text)\(name)\(address.channel == .sms ? " (SMS)" : "")")
    } + none
  }

  private var templates: [(String, String)] {
    let own: [(MessageWish.Template, String)] = [
      (.text, "your own words, as they are"), (.letter, "your own words under the letterhead"),
    ]
    let drafted: [(MessageWish.Template, String)] =
      form.kind == .followUp
      ? []
      : [
        (.reminder, "reminder of what is overdue, from the records"),
        (.deal, "follow-up on the quiet deal, from the records"),
      ]
    return (own + drafted).map { ($0.rawValue, $1) }
  }

  private func select(
    _ name: String, _ label: String, _ chosen: String, _ choices: [(String, String)],
    _ html: inout HTML
  ) {
    html.choice(name, name, label, choices, chosen: chosen, marks(name))
    error(name, &html)
  }

  private func input(
    _ name: String, _ label: String, _ value: String, _ further: [(StaticString, String)],
    _ html: inout HTML
  ) {
    html.field(name, name, label, [("value", value)] + further + marks(name))
    error(name, &html)
  }

  // MARK: - The preview

  private func shown(_ preview: ComposedPreview, _ main: inout HTML) {
    main.element("section", [("class", "card"), ("aria-label", "What it says")]) { part in
      part.element("h2", text: "What it says")
      part.element("dl") { list in
        if let recipient = preview.recipient { list.fact("To", recipient) }
        if let subject = preview.subject { list.fact("Subject", subject) }
        list.fact("Then", outcome(preview.outcome))
      }
      part.element("pre", text: preview.text)
      part.element(
        "p", [("class", "hint")],
        text: (preview.isHTML ? "It also goes out as HTML, with the same words. " : "")
          + "Nothing is proposed yet.")
    }
  }

  private func outcome(_ outcome: IntakeOutcome) -> String {
    switch outcome {
    case .created(let state):
      switch state.status {
      case .pendingApproval: "it waits for an approval"
      case .approved: "the policy lets it go by itself"
      default: "the policy refuses it"
      }
    case .existing: "the same, or another of the kind, is there already"
    case .conflict: "this form was sent before with other words"
    case .invalid(let issues): issues.map(\.message).joined(separator: " ")
    }
  }
}

/// To whom: a search among the customers, each a link to the form.
enum ComposeStart {
  static func page(
    _ frame: DeskFrame, _ kind: ComposeKind, _ search: String?, _ found: CustomerPage
  )
    -> Page
  {
    .desk(frame, title: kind.title, current: "") { main in
      main.element("h1", text: "\(kind.title): to whom?")
      main.element(
        "form",
        [("method", "get"), ("action", kind.path), ("class", "search"), ("role", "search")]
      ) { form in
        if frame.orgs.count > 1 { form.hidden("org", frame.org.rawValue) }
        form.field(
          "q", "q", "A part of the name or e-mail address, or the number",
          [("value", search ?? ""), ("type", "search"), ("maxlength", "200")])
        form.button("Search")
      }
      guard !found.lines.isEmpty else {
        return main.nothing("No customer has this in their name, e-mail or number.")
      }
      main.table(["Customer", "E-mail", "Owed"], label: "Customers", stacks: true) { body in
        for line in found.lines {
          body.element("tr") { row in
            row.link(
              frame.path(kind.path, [("customer", "\(line.record.id.rawValue)")]), line.record.name)
            row.element("td", text: line.record.email ?? "none")
            row.element(
              "td", text: line.debts.map { AmountText.text($0.open) }.joined(separator: ", "))
          }
        }
      }
    }
  }
}

extension HTML {
  /// A label with its choices, of which one is chosen.
  mutating func choice(
    _ id: String, _ name: String, _ label: String, _ choices: [(String, String)], chosen: String,
    _ further: [(StaticString, String)] = []
  ) {
    element("label", [("for", id)], text: label)
    element("select", [("id", id), ("name", name)] + further) { select in
      for (value, words) in choices {
        let mark: [(StaticString, String)] = value == chosen ? [("selected", "")] : []
        select.element("option", [("value", value)] + mark, text: words)
      }
    }
  }
}
