import ActionProtocol
import Cards
import Decisions
import Engine

/// What may be sent and how much of it is used, what waits, and to whom nothing goes.
struct OutreachPage {
  let frame: DeskFrame
  let standing: OutreachStanding
  let search: SuppressionSearch
  let found: SuppressionPage
  let problem: Problem?
  let notice: String?

  var page: Page {
    .desk(frame, title: "Outreach", current: "/outreach") { main in
      main.element("h1", text: "Outreach and suppressions")
      main.outcome(problem, notice)
      // Who looks for an address, or further down the list, looks at nothing else.
      if search.text == nil, !search.isFurther {
        section("Limits", &main, limits)
        section("When messages go", &main, hours)
        section("Waiting", &main, waiting)
      }
      section("Suppressions", &main) { part in
        SuppressionHTML(frame: frame, search: search, found: found, standing: standing)
          .write(&part)
      }
      if search.text == nil, !search.isFurther { section("Holds", &main, holds) }
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

  // MARK: - Limits

  private func limits(_ part: inout HTML) {
    part.table(["Limit", "Used", "Of", "Left"], numbers: [1, 2, 3], label: "Limits") { body in
      for use in standing.uses {
        row(
          Self.name(use.cap), "\(use.used)", use.limit.map(String.init),
          use.limit.map { "\(max(0, Int64($0) - use.used))" }, &body)
      }
      for budget in standing.budgets {
        let (channel, limit) = (budget.channel, budget.limit)
        row(
          "\(Self.name(channel)), this month's budget", Self.amount(budget.spent, channel),
          limit.map { Self.amount($0, channel) },
          limit.map { Self.amount(max(0, $0 - budget.spent), channel) }, &body)
      }
    }
    part.element(
      "p", [("class", "hint")],
      text: "Counted is what was sent, what is on its way, and what nobody knows the outcome of. "
        + "Limits for one customer, address or domain bind besides; aiom org show lists them all.")
    for pause in standing.pauses {
      part.element(
        "p", [("class", "error")],
        text: "\(Self.name(pause.channel)) is paused until \(frame.time.rounded(pause.until)): "
          + "\(StateWording.hold(pause.reason)).")
    }
  }

  private func row(
    _ name: String, _ used: String, _ limit: String?, _ left: String?, _ body: inout HTML
  ) {
    body.element("tr") { row in
      row.element("th", [("scope", "row")], text: name)
      for text in [used, limit ?? "no limit", left ?? ""] {
        row.element("td", [("class", "number")], text: text)
      }
    }
  }

  static func amount(_ value: Int64, _ channel: OutreachChannel) -> String {
    channel == .email ? "\(value)" : Price(micros: value).text
  }

  static func name(_ channel: OutreachChannel) -> String { channel == .email ? "E-mail" : "SMS" }

  private static func name(_ cap: OutreachCap) -> String {
    let whom = cap.audience == .internal ? " to own people" : ""
    return "\(name(cap.channel))\(whom), last \(cap.span.rawValue)"
  }

  // MARK: - When

  private func hours(_ part: inout HTML) {
    let (hours, rules) = (standing.hours, standing.rules)
    part.element("dl") { list in
      list.fact(
        "Send window",
        "\(hours.days.map(Weekday.short).joined(separator: " ")), \(hours.start) to "
          + "\(hours.end), on the recipient's clock; yours is \(hours.zone)")
      list.fact(
        "Cool-down",
        "\(minutes(rules.coolDowns.email)) min after an e-mail, "
          + "\(minutes(rules.coolDowns.sms)) min after an SMS to the same customer")
      let spread = minutes(rules.drain.spread)
      list.fact(
        "After an opening",
        (spread == 0 ? "at once" : "spread over \(spread) min")
          + ", at most \(rules.drain.perMinute) a minute")
    }
  }

  private func minutes(_ duration: Duration) -> Int64 { duration.components.seconds / 60 }

  private func waiting(_ part: inout HTML) {
    guard !standing.waiting.isEmpty else {
      part.nothing("No approved message waits for its time.")
      return
    }
    part.table(["From", "What", "About", "Why it waits"], label: "Waiting", stacks: true) { body in
      for state in standing.waiting {
        body.element("tr") { row in
          row.moment(
            state.waitingSince <= standing.now
              ? "due now" : frame.time.rounded(state.waitingSince))
          row.link(
            frame.path("/actions/\(state.id.rawValue)"),
            state.type.rawValue.replacing("_", with: " "))
          row.element("td", text: state.title)
          row.element("td", text: state.hold.map { StateWording.hold($0.reason) } ?? "its turn")
        }
      }
    }
    if standing.isCut {
      part.element(
        "p", [("class", "hint")], text: "Only the first \(OutreachDesk.most) are listed.")
    }
  }

  // MARK: - Holds

  private func holds(_ part: inout HTML) {
    guard !standing.holds.isEmpty else {
      part.nothing("No customer and no invoice is on hold. On the command line: aiom hold add")
      return
    }
    part.element("ul", [("class", "cards")]) { list in
      for hold in standing.holds.prefix(OutreachDesk.most) {
        list.element("li") { item in
          item.element("p") { words in
            let customer = hold.customer.rawValue
            words.element(
              "a", [("href", frame.path("/customers/\(customer)"))], text: "Customer \(customer)")
            words.text(hold.invoice.map { ", invoice \($0): " } ?? ": ")
            words.text(hold.explanation)
          }
          ending(hold.id, &item)
        }
      }
    }
    if standing.holds.count > OutreachDesk.most {
      part.element(
        "p", [("class", "hint")],
        text: "The first \(OutreachDesk.most) of \(standing.holds.count). All: aiom hold list")
    }
  }

  private func ending(_ id: String, _ item: inout HTML) {
    guard frame.rights.contains(.records) else { return }
    item.element("details") { details in
      details.element("summary", text: "End it")
      details.form(frame, "/outreach/holds/end") { form in
        form.hidden("hold", id)
        form.field(
          "end-\(id)", "reason", "Why does it end?", [("required", ""), ("maxlength", "1000")])
        form.button("End the hold", class: "danger")
      }
    }
  }
}
