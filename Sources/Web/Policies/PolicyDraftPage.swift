import ActionProtocol
import Decisions
import Engine

/// A text to write a policy in, what is wrong with it, and what it would have made of the past.
struct PolicyDraftPage {
  let frame: DeskFrame
  var text: String
  var reason = ""
  var review: PolicyReview?
  var difference: PolicyDifference?
  var past: RecentBacktest?
  var problem: Problem?

  var page: Page {
    .desk(frame, title: "Draft of a policy", current: "/policies") { main in
      main.element("h1", text: "Draft of a policy")
      main.outcome(problem, nil)
      if let review { found(review, &main) }
      if let difference {
        main.element("section") { part in
          part.element("h2", text: "What it changes")
          part.difference(difference)
        }
      }
      if let past {
        main.element("section") { part in
          part.element("h2", text: "On the past")
          part.backtest(frame, past)
        }
      }
      writing(&main)
      fields(&main)
    }
  }

  // MARK: - What is wrong

  private func found(_ review: PolicyReview, _ main: inout HTML) {
    if review.isUsable, let policy = review.policy {
      let cases = review.cases.isEmpty ? "" : ", and its \(review.cases.count) cases hold"
      main.element(
        "p", [("class", "notice"), ("role", "status")],
        text: "It can be used: \(policy.rules.count) rules\(cases). Hash \(policy.hash.hex)")
    }
    guard !review.issues.isEmpty || !review.failing.isEmpty else { return }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    main.element("div", [("class", "error"), ("id", "issues"), ("role", "alert")]) { error in
      error.element(
        "strong", text: review.isUsable ? "Worth a look" : "It cannot be used like this")
      error.element("ul") { list in
        for issue in review.issues { list.element("li") { self.issue(issue, lines, &$0) } }
        for one in review.failing {
          list.element(
            "li",
            text: "The case “\(one.name)” does not hold: "
              + "\(one.differences.joined(separator: "; ")). \(one.explanation.text)")
        }
      }
    }
  }

  private func issue(_ issue: PolicyIssue, _ lines: [Substring], _ item: inout HTML) {
    let line = issue.line > 0 ? "line \(issue.line)" : ""
    let place = [line, issue.path].filter { !$0.isEmpty }.joined(separator: ", ")
    item.element(
      "strong", text: issue.severity.rawValue + (place.isEmpty ? ": " : " in \(place): "))
    item.text("\(issue.message) \(issue.remedy)")
    if issue.line > 0, lines.indices.contains(issue.line - 1) {
      item.element("pre", text: String(lines[issue.line - 1].prefix(200)))
    }
  }

  // MARK: - The text

  private func writing(_ main: inout HTML) {
    main.element("section") { part in
      part.element("h2", text: "The text")
      guard frame.rights.contains(.policy) else {
        part.element("p", text: "Checking and changing it takes the right policy.")
        return part.element("pre", text: text)
      }
      part.form(frame, "/policies/check", class: "wide-form") { form in
        form.element("label", [("for", "text")], text: "The policy, as YAML or JSON")
        var attributes: [(StaticString, String)] = [
          ("id", "text"), ("name", "text"), ("rows", "24"), ("class", "code"),
          ("spellcheck", "false"), ("required", ""),
        ]
        if let review, !review.isUsable {
          attributes += [("aria-invalid", "true"), ("aria-describedby", "issues")]
        }
        form.element("textarea", attributes) { $0.text("\n" + text) }
        form.button("Check it")
        form.element(
          "button", [("type", "submit"), ("formaction", frame.path("/policies/backtest"))],
          text: "Check it and try it on the past")
        form.field(
          "reason", "reason", "Why is it to become active? (only for asking)",
          [("maxlength", "1000"), ("value", reason)])
        form.element(
          "button",
          [
            ("type", "submit"), ("class", "primary"),
            ("formaction", frame.path("/policies/activate")),
          ], text: "Ask for its activation")
        form.element(
          "p", [("class", "hint")],
          text:
            "Checking and trying change nothing. Asking makes a request that an owner approves; "
            + "where there is a second person, somebody else than who asks.")
      }
    }
  }

  private func fields(_ main: inout HTML) {
    main.element("details") { details in
      details.element("summary", text: "What rules can look at")
      details.table(["Field", "Type", "From", "Meaning"], label: "Fields", stacks: true) { body in
        for field in PolicyField.allCases {
          let row = field.row
          body.element("tr") { cells in
            cells.element("td") { $0.element("code", text: row.name) }
            cells.element("td", text: row.type.name)
            cells.element(
              "td",
              text: row.source.tightensOnly
                ? "\(row.source.rawValue): only to be stricter" : row.source.rawValue)
            cells.element("td", text: row.meaning)
          }
        }
      }
    }
  }
}
