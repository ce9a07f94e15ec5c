import ActionProtocol
import Cards
import Decisions
import Engine

/// One version: what it changed, what it says, and the way back to it.
struct PolicyVersionPage {
  let frame: DeskFrame
  let step: PolicyStep

  var page: Page {
    let version = step.version
    return .desk(frame, title: "Policy, version \(version.number)", current: "/policies") { main in
      main.element("h1", text: "Policy \(step.policy.name), version \(version.number)")
      main.element("dl") { list in
        list.fact("State", step.isActive ? "active" : "replaced")
        list.fact("Became active", frame.time.rounded(version.at))
        list.fact("By", version.author.rawValue)
        list.fact("Why", version.reason)
        list.fact("From", PoliciesPage.source(version.source))
        list.fact("Hash", version.hash.hex)
      }
      main.element("section") { part in
        part.element("h2", text: "What it changed")
        if version.number == 1 {
          part.element("p", text: "It is the first one.")
        } else {
          part.difference(step.difference)
        }
      }
      main.element("section") { part in
        part.element("h2", text: "Rules")
        part.rules(step.policy, hits: nil)
      }
      main.element("details") { details in
        details.element("summary", text: "As text (YAML)")
        details.element("pre", text: PolicyYAML.write(step.policy))
      }
      goingBack(&main)
    }
  }

  private func goingBack(_ main: inout HTML) {
    guard !step.isActive else { return }
    let number = step.version.number
    main.element("section") { part in
      part.element("h2", text: "Back to this version")
      guard frame.rights.contains(.policy) else {
        part.element(
          "p", [("class", "hint")], text: "Going back takes a role with the right policy.")
        return
      }
      part.element("p") { words in
        words.element(
          "a", [("href", frame.path("/policies/draft", [("from", "\(number)")]))],
          text: "Take it as a draft and try it on the past first")
      }
      part.form(frame, "/policies/rollback") { form in
        form.hidden("version", String(number))
        form.field(
          "reason", "reason", "Why back to version \(number)?",
          [("required", ""), ("maxlength", "1000")])
        form.button("Ask for version \(number) again", class: "primary")
        form.element(
          "p", [("class", "hint")],
          text: "It becomes active under a new number when somebody approves it.")
      }
    }
  }
}
