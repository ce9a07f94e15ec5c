import ActionProtocol
import Cards
import Decisions
import Engine

/// The policy in force as sentences, what waits to replace it, and what it was before.
struct PoliciesPage {
  let frame: DeskFrame
  let picture: PolicyPicture
  let problem: Problem?
  let notice: String?
  /// Under which name the page was opened.
  let party: RelyingParty

  var page: Page {
    .desk(
      frame, title: "Policies", current: "/policies",
      scripts: picture.waiting.contains { asked($0).asksForPasskey } ? [.passkey] : []
    ) { main in
      main.element("h1", text: "Policy \(picture.policy.name)")
      main.outcome(problem, notice)
      standing(&main)
      for waiting in picture.waiting { section(waiting, &main) }
      main.element("section") { part in
        part.element("h2", text: "Rules")
        part.rules(picture.policy, hits: picture.hits)
      }
      history(&main)
    }
  }

  private func standing(_ main: inout HTML) {
    main.element("dl") { list in
      if let version = picture.version {
        list.fact("Version", String(version.number))
        list.fact("Active since", frame.time.rounded(version.at))
        list.fact("By", version.author.rawValue)
        list.fact("Why", version.reason)
      } else {
        list.fact("Version", "none yet: the organisation begins with this one")
      }
      list.fact("Hash", picture.policy.hash.hex)
    }
    main.element("p") { words in
      words.element("a", [("href", frame.path("/policies/draft"))], text: "Write the next version")
    }
  }

  // MARK: - What waits

  private func section(_ waiting: PolicyPicture.Waiting, _ main: inout HTML) {
    let request = waiting.request
    main.element("section") { part in
      part.element("h2", text: "Waits for an approval")
      part.element("dl") { list in
        list.fact("Asked for by", request.requestedBy.rawValue)
        list.fact("On", frame.time.rounded(request.at))
        list.fact("Why", request.reason ?? "not said")
        list.fact("From", Self.source(request.source))
        list.fact("Needs", PolicySentences.requirement(request.requirement))
        list.fact(
          "Until",
          "\(frame.time.rounded(request.expiresAt)), then nobody can approve it any more")
        list.fact("Digest", request.digest.hex)
      }
      part.element("h3", text: "What it changes")
      if let difference = waiting.difference {
        part.difference(difference)
      } else {
        part.element(
          "p", [("class", "error")],
          text:
            "This version of AIOM cannot read it any more, so nobody can approve it. Refuse it, "
            + "and ask again.")
      }
      if waiting.isOutdated {
        part.element(
          "p", [("class", "error")],
          text: "Another policy became active since this one was asked for. Ask for it again, so "
            + "that whoever approves sees the difference to the policy of now.")
      }
      deciding(waiting, &part)
    }
  }

  private func deciding(_ waiting: PolicyPicture.Waiting, _ part: inout HTML) {
    guard frame.rights.contains(.policy) else {
      part.element("p", [("class", "hint")], text: "Approving takes a role with the right policy.")
      return
    }
    let request = waiting.request
    if waiting.canBeApproved {
      part.form(frame, "/policies/approve", asked(waiting).attributes) { form in
        form.hidden("request", request.id)
        form.hidden("digest", request.digest.hex)
        asked(waiting).fields(&form, id: "code-\(request.id)")
        form.button("Approve: this becomes the policy", class: "primary")
      }
    }
    part.element("details") { details in
      details.element("summary", text: "Refuse it")
      details.form(frame, "/policies/reject") { form in
        form.hidden("request", request.id)
        form.field(
          "reject-\(request.id)", "reason", "Why is it refused?",
          [("required", ""), ("maxlength", "1000")])
        form.button("Refuse: the policy stays as it is", class: "danger")
      }
    }
  }

  private func asked(_ waiting: PolicyPicture.Waiting) -> StepUpFields {
    StepUpFields(wanted: waiting.request.requirement.stepUp, party: party)
  }

  static func source(_ source: String?) -> String {
    guard let source else { return "not recorded" }
    if source == "default" { return "what AIOM brings" }
    if source.hasPrefix("rollback:") {
      return "back to version \(source.dropFirst("rollback:".count))"
    }
    return "a text"
  }

  // MARK: - What was

  private func history(_ main: inout HTML) {
    main.element("section") { part in
      part.element("h2", text: "Versions")
      guard !picture.versions.isEmpty else {
        part.nothing("None yet. The first one is kept as soon as something is proposed.")
        return
      }
      part.table(
        ["Version", "Active since", "By", "From", "Why", "Hash"], label: "Versions", stacks: true
      ) { body in
        for version in picture.versions { row(version, &body) }
      }
      if picture.versions.count == PolicyBook.mostVersions {
        part.element(
          "p", [("class", "hint")],
          text: "The latest \(PolicyBook.mostVersions). All: aiom policy history --limit 1000")
      }
    }
  }

  private func row(_ version: PolicyVersion, _ body: inout HTML) {
    body.element("tr") { row in
      row.link(frame.path("/policies/\(version.number)"), "Version \(version.number)")
      row.moment(frame.time.rounded(version.at))
      row.element("td", text: version.author.rawValue)
      row.element("td", text: Self.source(version.source))
      row.element("td", text: version.reason)
      row.element("td") { $0.element("code", text: String(version.hash.hex.prefix(12))) }
    }
  }
}
