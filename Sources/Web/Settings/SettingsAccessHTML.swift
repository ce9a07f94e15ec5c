import ActionProtocol
import Cards
import Decisions
import Engine

/// People with their roles, and tokens.
struct SettingsAccessHTML {
  let frame: DeskFrame
  let picture: SettingsPicture

  // MARK: - People

  func people(_ part: inout HTML) {
    part.table(["Person", "Name", "Roles", "State"], label: "People", stacks: true) { body in
      for member in picture.members {
        body.element("tr") { row in
          row.element("td", text: member.person.id.rawValue)
          row.element("td", text: member.person.name)
          row.element("td", text: member.roles.map(\.rawValue).joined(separator: ", "))
          row.element("td", text: member.person.isActive ? "active" : "disabled")
        }
      }
    }
    guard frame.rights.contains(.people) else { return }
    changing(&part)
    adding(&part)
  }

  private var roles: [(String, String)] { picture.roles.map { ($0.rawValue, $0.rawValue) } }

  private func changing(_ part: inout HTML) {
    part.element("details") { details in
      details.element("summary", text: "Give or take a role, disable or enable somebody")
      details.form(frame, "/settings/people/change") { form in
        form.choice(
          "change-person", "person", "Who",
          picture.members.map { ($0.person.id.rawValue, $0.person.id.rawValue) })
        form.choice(
          "change-deed", "deed", "What",
          [
            ("give", "give the role below"), ("take", "take the role below"),
            ("disable", "disable: no way in any more"), ("enable", "enable again"),
          ])
        form.choice("change-role", "role", "Role", roles)
        form.button("Change it", class: "primary")
      }
    }
  }

  private func adding(_ part: inout HTML) {
    part.element("details") { details in
      details.element("summary", text: "Add a person")
      details.form(frame, "/settings/people/add") { form in
        form.field(
          "new-person", "person", "Short name, such as bob",
          [("required", ""), ("maxlength", "60")])
        form.field("new-name", "name", "Name", [("required", ""), ("maxlength", "200")])
        form.field("new-email", "email", "E-mail (may be left out)", [("maxlength", "320")])
        form.field(
          "new-phone", "phone", "Phone for alerts, such as +16175550123 (may be left out)",
          [("maxlength", "20"), ("inputmode", "tel")])
        form.choice("new-role", "role", "Role", roles)
        form.button("Add, and make a link for a password", class: "primary")
      }
    }
  }

  // MARK: - Tokens

  func tokens(_ part: inout HTML) {
    let live = picture.tokens.filter { $0.revokedAt == nil && $0.expiresAt > picture.now }
    if live.isEmpty {
      part.nothing("No token opens anything.")
    } else {
      part.table(
        ["Token", "Of", "May", "Last used", "Ends", "Revoke"], label: "Tokens", stacks: true
      ) { body in
        for token in live { row(token, &body) }
      }
    }
    creating(&part)
  }

  private func row(_ token: TokenRecord, _ body: inout HTML) {
    body.element("tr") { row in
      row.element("td", text: token.name + (token.kind == .agent ? " (agent)" : ""))
      row.element("td", text: token.person.rawValue)
      row.element(
        "td", text: token.scopes.sorted().map(\.rawValue).joined(separator: ", "))
      row.moment(token.lastUsedAt.map(frame.time.rounded) ?? "never")
      row.moment(frame.time.rounded(token.expiresAt))
      row.element("td") { cell in
        guard token.person.rawValue == frame.person || frame.rights.contains(.people) else {
          return
        }
        cell.form(frame, "/settings/tokens/revoke") { form in
          form.hidden("token", token.id)
          form.element(
            "button",
            [
              ("type", "submit"), ("class", "danger"), ("aria-label", "Revoke \(token.name)"),
            ], text: "Revoke")
        }
      }
    }
  }

  private func creating(_ part: inout HTML) {
    part.element("details") { details in
      details.element("summary", text: "Make a token")
      details.form(frame, "/settings/tokens/create") { form in
        form.field(
          "token-name", "name", "Name, after what uses it", [("required", ""), ("maxlength", "60")])
        let kinds = [("person", "you: acts in your name")]
        let agent = frame.rights.contains(.people) ? [("agent", "an agent: decides nothing")] : []
        form.choice("token-kind", "kind", "For", kinds + agent)
        form.element("fieldset") { set in
          set.element("legend", text: "What it may do")
          for right in frame.rights.sorted() where right != .people {
            set.element("label", [("class", "check")]) { label in
              label.open(
                "input", [("type", "checkbox"), ("name", "scope"), ("value", right.rawValue)])
              label.text(" \(right.rawValue): \(right.meaning)")
            }
            set.open("br")
          }
        }
        form.field(
          "token-days", "days", "Ends after so many days, 1 to 366",
          [("value", "\(TokenRules.standardDays)"), ("inputmode", "numeric"), ("maxlength", "3")])
        form.button("Make the token", class: "primary")
      }
    }
  }
}
