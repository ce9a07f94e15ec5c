import ActionProtocol
import Cards
import Decisions
import Engine

/// Who must not be written to: looked for, listed, added, lifted.
struct SuppressionHTML {
  let frame: DeskFrame
  let search: SuppressionSearch
  let found: SuppressionPage
  let standing: OutreachStanding

  func write(_ part: inout HTML) {
    searching(&part)
    list(&part)
    if search.text != nil || search.isFurther {
      part.element("p") { words in
        words.element("a", [("href", frame.path("/outreach"))], text: "Back to all of outreach")
      }
    }
    part.element(
      "p", [("class", "hint")],
      text: OutreachWording(frame.time, now: standing.now).sentence(standing.sync))
    adding(&part)
  }

  private func searching(_ part: inout HTML) {
    part.element(
      "form",
      [
        ("method", "get"), ("action", "/outreach"), ("class", "search wide-form"),
        ("role", "search"),
      ]
    ) { form in
      if frame.orgs.count > 1 { form.hidden("org", frame.org.rawValue) }
      form.field(
        "address", "address", "The whole address, a domain, or a number (+15551234567)",
        [("value", search.text ?? ""), ("type", "search"), ("maxlength", "320")])
      form.button("Search")
    }
  }

  private func list(_ part: inout HTML) {
    guard !found.suppressions.isEmpty else {
      part.nothing(
        search.text == nil
          ? "Nobody is suppressed." : "Nothing forbids messages to this address.")
      return
    }
    part.table(
      ["Address", "Forbids", "Why", "Since", "Until", "From", "Lift"], label: "Suppressions",
      stacks: true
    ) { body in
      for one in found.suppressions { row(one, &body) }
    }
    guard let next = found.next else { return }
    part.element("p", [("class", "more")]) { more in
      more.element(
        "a", [("href", frame.path("/outreach", [("before", next)])), ("rel", "next")],
        text: "Older ones")
    }
  }

  private func row(_ one: Suppression, _ body: inout HTML) {
    body.element("tr") { row in
      row.element(
        "td", text: (one.addressText ?? "(erased)") + (one.channel == .sms ? " (SMS)" : ""))
      row.element("td", text: OutreachWording.scope(one.scope))
      row.element("td", text: StateWording.reason(one.reason))
      row.moment(frame.time.rounded(one.createdAt))
      row.moment(one.expiresAt.map(frame.time.rounded) ?? "for good")
      row.element("td", text: one.source)
      row.element("td") { cell in
        guard frame.rights.contains(.unsuppress) else { return }
        cell.element("details") { details in
          details.element("summary", text: "Lift it")
          details.form(frame, "/outreach/lift") { form in
            form.hidden("suppression", one.id)
            form.field(
              "lift-\(one.id)", "reason", "Why may it be written to again?",
              [("required", ""), ("maxlength", "1000")])
            form.button("Lift this suppression", class: "danger")
          }
        }
      }
    }
  }

  private func adding(_ part: inout HTML) {
    guard frame.rights.contains(.suppress) else { return }
    part.element("details") { details in
      details.element("summary", text: "Suppress an address")
      details.form(frame, "/outreach/suppress") { form in
        form.field(
          "new-address", "address",
          "ann@example.org, example.org for everybody there, or +15551234567",
          [("required", ""), ("maxlength", "320")])
        form.choice(
          "scope", "scope", "What it forbids",
          [("all", "every message"), ("marketing", "what nobody has to send")])
        form.choice(
          "kind", "kind", "What led to it",
          SuppressionOrder.kinds.map { ($0.rawValue, StateWording.reason($0)) })
        form.field(
          "days", "days", "For how many days (empty: for good)",
          [("inputmode", "numeric"), ("maxlength", "4")])
        form.field(
          "why", "reason", "Why, in your words", [("required", ""), ("maxlength", "1000")])
        form.button("Suppress it from now on", class: "primary")
      }
    }
  }
}
