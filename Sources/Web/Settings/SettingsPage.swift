import ActionProtocol
import Cards
import Decisions
import Engine

/// Channels, hours and limits, people, tokens and webhooks of an organisation.
struct SettingsPage {
  let frame: DeskFrame
  let picture: SettingsPicture
  /// What was filled in and refused, by field.
  var filled: [String: String] = [:]
  var faults: [String: String] = [:]
  /// Shown once: a token, or the way in for somebody.
  var secret: (title: String, text: String)?
  var problem: Problem?
  var notice: String?

  var page: Page {
    .desk(frame, title: "Settings", current: "/settings") { main in
      main.element("h1", text: "Settings")
      main.outcome(problem, notice)
      if let secret { once(secret, &main) }
      main.element("p") { words in
        words.element("a", [("href", frame.path("/setup"))], text: "What going live takes")
      }
      section("Channels", &main, channels)
      section("Hours, limits and reminders", &main, settings)
      section("People and roles", &main) { part in
        SettingsAccessHTML(frame: frame, picture: picture).people(&part)
      }
      section("Tokens", &main) { part in
        SettingsAccessHTML(frame: frame, picture: picture).tokens(&part)
      }
      section("Webhooks", &main, webhooks)
    }
  }

  private func section(
    _ title: String, _ main: inout HTML, _ content: (inout HTML) -> Void
  ) {
    main.element("section") { part in
      part.element("h2", text: title)
      content(&part)
    }
  }

  private func once(_ secret: (title: String, text: String), _ main: inout HTML) {
    main.element("div", [("class", "notice"), ("role", "status")]) { notice in
      notice.element("strong", text: secret.title)
      notice.element("pre", text: secret.text)
      notice.element("p", text: "It is shown this once and kept nowhere. Copy it now.")
    }
  }

  private func channels(_ part: inout HTML) {
    part.table(["Channel", "State", "How"], label: "Channels", stacks: true) { body in
      for channel in picture.channels {
        body.element("tr") { row in
          row.element("th", [("scope", "row")], text: channel.name)
          row.element("td", text: channel.isConfigured ? "✔ configured" : "✘ not configured")
          row.element("td", text: channel.words)
        }
      }
    }
  }

  // MARK: - What can be changed

  private func settings(_ part: inout HTML) {
    part.element("p") { words in
      words.element(
        "a", [("href", frame.path("/audit", [("kind", "org")]))], text: "Who changed what before")
    }
    guard frame.rights.contains(.settings) else {
      part.element("dl") { list in
        for field in picture.groups.flatMap(\.fields) {
          list.fact(field.label, field.value.isEmpty ? "none" : field.value)
        }
      }
      return
    }
    part.form(frame, "/settings/change") { form in
      for group in picture.groups { fields(group, &form) }
      form.button("Save what was changed", class: "primary")
    }
  }

  private func fields(_ group: SettingGroup, _ form: inout HTML) {
    var attributes: [(StaticString, String)] = []
    if group.fields.contains(where: { faults[$0.name] != nil }) { attributes = [("open", "")] }
    form.element("details", attributes) { details in
      details.element("summary", text: group.title)
      for field in group.fields { self.field(field, &details) }
    }
  }

  private func field(_ field: SettingField, _ form: inout HTML) {
    let id = "set-\(field.name)"
    form.hidden("was.\(field.name)", field.value)
    var attributes: [(StaticString, String)] = [
      ("value", filled[field.name] ?? field.value), ("maxlength", "300"),
      ("aria-describedby", "\(id)-hint"),
    ]
    if faults[field.name] != nil { attributes.append(("aria-invalid", "true")) }
    form.field(id, field.name, field.label, attributes)
    form.element(
      "p", [("id", "\(id)-hint"), ("class", faults[field.name] == nil ? "hint" : "error")]
    ) {
      $0.text(faults[field.name].map { "\($0). " } ?? "")
      $0.text(field.hint)
    }
  }

  private func webhooks(_ part: inout HTML) {
    guard !picture.webhooks.isEmpty else {
      part.nothing(
        "None. Outcomes are looked up; to be told at once: aiom smtp2go webhook install")
      return
    }
    part.table(["Webhook", "Made", "At the provider"], label: "Webhooks", stacks: true) { body in
      for webhook in picture.webhooks {
        body.element("tr") { row in
          row.element("td") { $0.element("code", text: webhook.id) }
          row.moment(frame.time.rounded(webhook.createdAt))
          row.element(
            "td", text: webhook.vendorID.map { "registered, number \($0)" } ?? "not registered yet")
        }
      }
    }
  }
}
