import ActionProtocol
import Addressing
import Cards
import Decisions
import Engine

/// The page of one action: the card, and what may be done with it.
struct ActionPage {
  let frame: DeskFrame
  let card: ActionCard
  /// Whether whoever looks may decide.
  let mayDecide: Bool
  /// Who could approve it, where it waits.
  var candidates: [PersonID] = []
  /// Why what was asked for was not done.
  var problem: Problem?
  /// What was done.
  var notice: String?

  /// Under which name the page was opened.
  let party: RelyingParty

  private var state: ActionState { card.state }
  private var stepUp: StepUpFields {
    StepUpFields(wanted: card.approval?.request.requirement.stepUp ?? .none, party: party)
  }
  private var wantsPasskey: Bool {
    state.status == .pendingApproval && mayDecide && stepUp.asksForPasskey
  }
  private var path: String { "/actions/\(state.id.rawValue)" }

  var page: Page {
    .desk(
      frame, title: card.sentence, current: "", live: .action(state),
      scripts: (wantsPasskey ? [.passkey] : []) + (undoLeft == nil ? [] : [.clock])
    ) { main in
      main.element("div", [("class", "action")]) { columns in
        columns.element("article", [("class", "card")], self.article)
        columns.element("aside", [("aria-label", "Decide")], self.desk)
      }
    }
  }

  // MARK: - The card

  private func article(_ article: inout HTML) {
    article.element("p", [("class", "facts")]) { facts in
      facts.risk(state.risk)
      facts.element("span", [("class", "status")], text: StateWording.status(state.status))
      facts.element("span", text: "revision \(state.revision)")
    }
    article.element("h1", text: card.sentence)
    if case .email(_, let email) = card.proposal.operation, email.bodyHTML != nil {
      article.element("details", [("class", "mail")]) { details in
        details.element("summary", text: "The message as the customer's mail program shows it")
        details.element(
          "iframe",
          [
            ("src", frame.path("\(path)/message")), ("sandbox", ""), ("loading", "lazy"),
            ("title", "The message, in HTML"),
          ]
        ) { _ in }
      }
    }
    CardHTML.write(CardView(card: card, isPage: true).document.blocks, &article)
  }

  // MARK: - What may be done

  private func desk(_ aside: inout HTML) {
    aside.outcome(problem, notice)
    guard mayDecide else {
      aside.element("p", [("class", "hint")], text: "You may look; deciding needs another role.")
      return comment(&aside)
    }
    switch state.status {
    case .pendingApproval:
      approve(&aside)
      reject("Reject", key: "r", &aside)
      edit(&aside)
      putOff(&aside)
      handOver(&aside)
    case .approved:
      if state.hold?.reason == .undoWindow { sendNow(&aside) }
      reject("Take the approval back", key: "u", &aside)
    case .executing where state.hold?.reason == .outcomeUnknown: settle(&aside)
    default: break
    }
    let subjects = card.holdSubjects
    if state.status == .pendingApproval || state.status == .approved, !subjects.isEmpty {
      HoldHTML(frame: frame, path: "\(path)/hold", subjects: subjects).write(&aside)
    }
    if card.mark?.hasQuestion == true { answer(&aside) }
    if state.status.isLive { ask(&aside) }
    comment(&aside)
  }

  private func approve(_ aside: inout HTML) {
    if state.delivery != card.delivery {
      aside.element(
        "p", [("class", "error")],
        text: "Proposed under \(state.delivery.rawValue); this installation delivers "
          + "\(card.delivery.rawValue), so it cannot be approved here.")
      return
    }
    aside.form(frame, "\(path)/approve", class: "main", stepUp.attributes) { form in
      form.hidden("digest", state.digest.hex)
      form.hidden("shown", "\(card.now.milliseconds)")
      stepUp.fields(&form)
      if needsOverride {
        form.element("label", [("class", "check")]) { label in
          label.open(
            "input", [("type", "checkbox"), ("name", "despite_objection"), ("value", "true")])
          label.text(" It has to be sent although a recipient objected.")
        }
      }
      // A key presses it at once only where a slip does little harm.
      form.button(
        deed, class: "primary",
        [("data-key", "a")] + (state.risk < .high ? [("data-at-once", "")] : []))
      let undo = frame.organisation.undoSeconds
      if undo > 0 {
        form.element(
          "p", [("class", "hint")], text: "You have \(undo) seconds to take it back afterwards.")
      }
    }
  }

  private var needsOverride: Bool {
    guard case .needsPerson(let reasons)? = card.guardVerdict else { return false }
    return reasons.contains { $0.rule.hasPrefix("suppressed.") }
  }

  /// The button says what it does.
  private var deed: String {
    switch card.proposal.operation {
    case .email: "Approve and send this mail"
    case .sms: "Approve and send this text"
    case .createTask: "Approve and create this task"
    case .updateStage: "Approve and change the stage"
    case .logActivity: "Approve and plan this activity"
    case .createNote: "Approve and write this note"
    case .scheduleFollowUp: "Approve and plan this follow-up"
    }
  }

  private func reject(_ label: String, key: String, _ aside: inout HTML) {
    aside.element("details", [("data-key", key)]) { details in
      details.element("summary", text: "\(label) …")
      details.form(frame, "\(path)/reject") { form in
        form.hidden("shown", "\(card.now.milliseconds)")
        form.choice(
          "because", "because", "Reason",
          RejectionPreset.allCases.map { ($0.rawValue, $0.reason) } + [("", "Another one, below")])
        form.field("reason", "reason", "In your own words", [("maxlength", "900")])
        form.choice(
          "quiet", "quiet", "The same finding stays quiet",
          [
            ("", "as the reason says"), ("until_facts_change", "until its facts change"),
            ("next_level", "until the next level"), ("never", "for good, for this customer"),
          ])
        form.button(label, class: "danger")
      }
    }
  }

  private func putOff(_ aside: inout HTML) {
    aside.element("details", [("data-key", "s")]) { details in
      details.element("summary", text: "Put off …")
      details.form(frame, "\(path)/snooze") { form in
        form.choice(
          "hours", "hours", "Show it again",
          [("1", "in an hour"), ("4", "in 4 hours"), ("24", "tomorrow"), ("72", "in three days")])
        form.button("Put off")
      }
    }
  }

  /// Others may still decide it; one's own inbox is no longer the only place where it stands.
  private func handOver(_ aside: inout HTML) {
    let assigned = card.mark?.assignedTo
    guard candidates.count > 1 || assigned != nil else { return }
    let others = candidates.filter { $0 != assigned }
    aside.element("details") { details in
      details.element("summary", text: "Hand over …")
      details.form(frame, "\(path)/delegate") { form in
        form.choice(
          "person", "person", "Whose inbox it stands in",
          (assigned == nil ? [] : [("", "everybody's again")])
            + others.map { ($0.rawValue, $0.rawValue) })
        form.button("Hand over")
      }
    }
  }

  /// Another revision, which asks for approval as it stands then.
  private func edit(_ aside: inout HTML) {
    let fields: (inout HTML) -> Void
    switch card.proposal.operation {
    case .email(_, let email):
      fields = { form in
        form.field(
          "edit-to", "to", "To", [("value", email.to.map(\.rawValue).joined(separator: ", "))])
        form.field("edit-subject", "subject", "Subject", [("value", email.subject)])
        form.text("edit-body", "body_text", "Text", email.bodyText, rows: 12)
        guard email.bodyHTML != nil else { return }
        form.element(
          "p", [("class", "hint")],
          text: "Changed words go out as plain text: the HTML form says what they said before.")
      }
    case .sms(_, let sms):
      fields = { $0.text("edit-sms", "sms", "Text", sms.body, rows: 5) }
    default: return
    }
    aside.element("details", [("data-key", "e")]) { details in
      details.element("summary", text: "Change the message …")
      details.form(frame, "\(path)/edit") { form in
        form.hidden("digest", state.digest.hex)
        fields(&form)
        form.button("Keep as a new revision")
      }
    }
  }

  private func sendNow(_ aside: inout HTML) {
    aside.form(frame, "\(path)/send-now", class: "main") { form in
      form.hidden("digest", state.digest.hex)
      form.button("Do not wait any longer")
      form.element("p", [("class", "hint")]) { hint in
        hint.text(
          "It can be taken back "
            + (state.hold?.until.map { "until \(LocalTime(zone).text($0))" } ?? "for a moment")
            + ". ")
        if let undoLeft { hint.clock(milliseconds: undoLeft) }
      }
    }
  }

  /// How many milliseconds of its undo window are left; nil where it is in none.
  private var undoLeft: Int64? {
    guard mayDecide, state.status == .approved, state.hold?.reason == .undoWindow else {
      return nil
    }
    return state.hold?.until.map { $0.milliseconds - card.now.milliseconds }
  }

  private var zone: LocalTime.Zone { frame.organisation.zone }

  private func settle(_ aside: inout HTML) {
    aside.element(
      "p", [("class", "notice")],
      text: "Nobody knows whether it arrived. Look at the evidence below, then say what you know.")
    aside.form(frame, "\(path)/settle", class: "main") { form in
      form.choice(
        "answer", "answer", "What became of it",
        [
          ("leave", "I do not know: leave it, it counts as sent"),
          ("arrived", "It arrived"),
          ("send-again", "It did not arrive: ask for approval again"),
        ])
      form.field("settle-reason", "reason", "How you know", [("required", "required")])
      form.button("Settle")
    }
  }

  private func answer(_ aside: inout HTML) {
    words("answer", "Answer the question", "Your answer", "Answer", [("open", "")], &aside)
  }

  private func ask(_ aside: inout HTML) {
    words("ask", "Ask about it …", "Your question", "Ask", [("data-key", "q")], &aside)
  }

  private func comment(_ aside: inout HTML) {
    words("comment", "Say something …", "Your words", "Say it", [], &aside)
  }

  private func words(
    _ verb: String, _ summary: String, _ label: String, _ button: String,
    _ attributes: [(StaticString, String)], _ aside: inout HTML
  ) {
    aside.element("details", attributes) { details in
      details.element("summary", text: summary)
      details.form(frame, "\(path)/\(verb)") { form in
        form.element("label", [("for", "\(verb)-text")], text: label)
        form.element(
          "textarea",
          [
            ("id", "\(verb)-text"), ("name", "text"), ("rows", "3"), ("maxlength", "1000"),
            ("required", "required"),
          ]
        ) { _ in }
        form.button(button)
      }
    }
  }
}
