import ActionProtocol
import Cards
import Decisions
import Engine

/// Everything about a customer that decides what may be sent next.
struct CustomerDetailPage {
  let frame: DeskFrame
  let picture: CustomerPicture
  /// Why what was asked for was not done.
  var problem: Problem?
  /// What was done.
  var notice: String?

  var page: Page {
    .desk(frame, title: picture.record.name, current: "/customers") { main in
      main.element("h1", text: picture.record.name)
      main.outcome(problem, notice)
      if picture.record.goneAt == nil { main.writing(frame, to: picture.record.id) }
      facts(&main)
      owed(&main)
      next(&main)
      sent(&main)
      holds(&main)
      proposals(
        "Waiting", answers: "held", picture.live, "Nothing about this customer waits.", &main)
      contacts(&main)
      proposals("Ended before", picture.ended, "Nothing was proposed before.", &main)
    }
  }

  /// - Parameters:
  ///   - id: for links to it.
  ///   - question: which question about the customer it answers.
  private func section(
    _ title: String, id: String? = nil, answers question: String? = nil, _ main: inout HTML,
    _ content: (inout HTML) -> Void
  ) {
    let place: [(StaticString, String)] = id.map { [("id" as StaticString, $0)] } ?? []
    let answer: [(StaticString, String)] =
      question.map { [("data-answers" as StaticString, $0)] } ?? []
    main.element("section", place + answer) { part in
      part.element("h2", text: title)
      content(&part)
    }
  }

  // MARK: - Who it is

  private func facts(_ main: inout HTML) {
    let record = picture.record
    main.element("dl") { list in
      list.fact("Number", String(record.id.rawValue))
      list.fact("E-mail", record.email ?? "none")
      list.fact("Telephone", record.phone ?? "none")
      if let country = record.country { list.fact("Country", country) }
      if let language = record.language { list.fact("Language", language) }
      if record.neverRemind { list.fact("Reminders", "never, by the records") }
      if record.isDisputed { list.fact("Dispute", "the records say that everything is disputed") }
      if let gone = record.goneAt {
        list.fact("Gone", "the source has it no more since \(frame.time.rounded(gone))")
      }
      if let answer = picture.lastAnswer { list.fact("Last wrote", frame.time.text(answer)) }
      list.fact("Records as of", frame.time.rounded(record.asOf))
      if let parent = record.parent {
        list.element("dt", text: "Contact of")
        list.element("dd") { value in
          value.element(
            "a", [("href", frame.path("/customers/\(parent.rawValue)"))],
            text: "customer \(parent.rawValue)")
        }
      }
    }
    merged(&main)
  }

  private func merged(_ main: inout HTML) {
    guard !picture.mergedWith.isEmpty else { return }
    main.element("p") { words in
      words.text("One customer with: ")
      for (place, other) in picture.mergedWith.enumerated() {
        if place > 0 { words.text(", ") }
        words.element(
          "a", [("href", frame.path("/customers/\(other.rawValue)"))], text: "\(other.rawValue)")
      }
      words.text(". What either owes and was sent stands below.")
    }
  }

  private func contacts(_ main: inout HTML) {
    guard !picture.contacts.isEmpty else { return }
    section("Contacts", &main) { part in
      part.table(["Name", "Role", "E-mail", "Telephone"], label: "Contacts") { body in
        for contact in picture.contacts {
          body.cells([
            contact.name, contact.role ?? "", contact.email ?? "none", contact.phone ?? "none",
          ])
        }
      }
    }
  }

  // MARK: - Money

  private func owed(_ main: inout HTML) {
    section("Owed", id: "owed", answers: "owed", &main) { part in
      guard !picture.debts.isEmpty else {
        part.nothing("Nothing is open.")
        return
      }
      part.element("ul") { list in
        for debt in picture.debts {
          let count = debt.invoices == 1 ? "1 invoice" : "\(debt.invoices) invoices"
          list.element("li", text: "\(AmountText.text(debt.open)) on \(count)")
        }
      }
      part.table(
        ["Invoice", "Issued", "Due", "Open", "Of", "Marks"], numbers: [3, 4],
        label: "Open invoices"
      ) { body in
        for invoice in picture.invoices { row(invoice, &body) }
      }
      let count = picture.debts.reduce(0) { $0 + $1.invoices }
      if count > picture.invoices.count {
        part.element(
          "p", [("class", "hint")],
          text: "The \(picture.invoices.count) that are due first, of \(count).")
      }
    }
  }

  private func row(_ invoice: OpenInvoice, _ body: inout HTML) {
    let marks = [
      invoice.isDisputed ? "disputed" : nil, invoice.neverRemind ? "never remind" : nil,
    ].compactMap(\.self)
    body.element("tr") { row in
      row.element("td", text: invoice.number)
      row.element("td", text: invoice.issuedOn?.iso ?? "not known")
      row.element("td", text: due(invoice))
      row.element("td", [("class", "number")], text: AmountText.text(invoice.open))
      row.element("td", [("class", "number")], text: AmountText.text(invoice.total))
      row.element("td", text: marks.joined(separator: ", "))
    }
  }

  private func due(_ invoice: OpenInvoice) -> String {
    guard let day = invoice.dueOn else { return "not known" }
    let late = picture.today.epochDay - day.epochDay
    guard late > 0 else { return day.iso }
    return "\(day.iso), \(late == 1 ? "1 day" : "\(late) days") overdue"
  }

  private func holds(_ main: inout HTML) {
    section("Holds", id: "held", answers: "held", &main) { part in
      if picture.holds.isEmpty {
        part.nothing("Nothing is on hold.")
      } else {
        part.element("ul") { list in
          for hold in picture.holds { list.element("li") { line(hold, &$0) } }
        }
      }
      guard picture.record.goneAt == nil else { return }
      HoldHTML(
        frame: frame, path: "/customers/\(picture.record.id.rawValue)/hold", subjects: []
      ).write(&part)
    }
  }

  private func line(_ hold: CustomerHold, _ item: inout HTML) {
    item.text((hold.isBinding ? "" : "Over. ") + hold.explanation)
    guard hold.isBinding, frame.rights.contains(.records) else { return }
    item.element("details") { details in
      details.element("summary", text: "End it")
      details.form(frame, "/customers/\(picture.record.id.rawValue)/holds/end") { form in
        form.hidden("hold", hold.id)
        form.field(
          "end-\(hold.id)", "reason", "Why may it be asked for again?",
          [("required", ""), ("maxlength", "1000")])
        form.button("End this hold")
      }
    }
  }

  // MARK: - Messages

  private func next(_ main: inout HTML) {
    let words = OutreachWording(frame.time, now: picture.now)
    section("What may be sent next", id: "next", answers: "next", &main) { part in
      for suppression in picture.suppressions {
        part.element("p", text: words.suppression(suppression))
      }
      for channel in picture.outreach {
        part.element("h3", text: name(channel))
        part.element("ul") { list in
          for line in words.next(channel) { list.element("li", text: line) }
        }
      }
    }
  }

  private func name(_ picture: OutreachPicture) -> String {
    picture.channel == .email ? "E-mail" : "SMS"
  }

  private func sent(_ main: inout HTML) {
    section("What was sent", id: "sent", answers: "sent", &main) { part in
      let entries = picture.outreach.flatMap { channel in
        channel.entries.map { (name(channel), $0) }
      }.sorted { $0.1.at > $1.1.at }
      guard !entries.isEmpty else {
        part.nothing("No message counts for this customer.")
        return
      }
      part.table(["When", "Channel", "Action", "State"], label: "What was sent", stacks: true) {
        body in
        for (channel, entry) in entries { row(channel, entry, &body) }
      }
    }
  }

  private func row(_ channel: String, _ entry: OutreachEntry, _ body: inout HTML) {
    body.element("tr") { row in
      row.moment(frame.time.rounded(entry.at))
      row.element("td", text: channel)
      if entry.isImported {
        row.element("td", text: "sent by another program")
      } else {
        row.link(frame.path("/actions/\(entry.operation.action.rawValue)"), "Look at the action")
      }
      row.element("td", text: OutreachWording.state(entry))
    }
  }

  private func proposals(
    _ title: String, answers question: String? = nil, _ states: [ActionState], _ none: String,
    _ main: inout HTML
  ) {
    section(title, answers: question, &main) { part in
      guard !states.isEmpty else {
        part.nothing(none)
        return
      }
      part.table(["What", "Status", "Risk", "Proposed"], label: title) { body in
        for state in states {
          body.element("tr") { row in
            row.link(
              frame.path("/actions/\(state.id.rawValue)"),
              state.type.rawValue.replacing("_", with: " "))
            let hold = state.hold.map { ": \(StateWording.hold($0.reason))" } ?? ""
            row.element("td", text: StateWording.status(state.status) + hold)
            row.element("td") { $0.risk(state.risk) }
            row.element("td", text: LocalTime.distance(state.createdAt, from: picture.now))
          }
        }
      }
    }
  }
}
