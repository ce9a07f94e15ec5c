import ActionProtocol
import Cards
import Decisions
import Engine

/// Lists of actions: what waits, and everything.
enum ListPages {
  /// What waits for a decision.
  static func inbox(
    _ frame: DeskFrame, _ page: InboxPage, _ filter: InboxFilter, views: [SavedView] = [],
    now: Instant, problem: Problem? = nil, notice: String? = nil
  ) -> Page {
    let strip = UndoStrip(frame: frame, items: page.undoable, now: now)
    return .desk(
      frame, title: "Inbox", current: "/inbox", live: .inbox,
      scripts: strip.isShown ? [.clock] : []
    ) { main in
      main.element("h1", text: heading(page.waiting))
      main.outcome(problem, notice)
      strip.write(&main)
      main.writing(frame)
      ViewHTML(frame: frame, filter: filter, views: views).write(&main)
      guard !page.items.isEmpty else { return empty(frame, page, &main) }
      let offersChoice =
        frame.rights.contains(.decide)
        && page.items.count { TogetherPages.mayBeChosen($0.state) } > 1
      let list = { (place: inout HTML) in
        place.element("ul", [("class", "cards")]) { list in
          for item in page.items { row(frame, item, offersChoice, now, &list) }
        }
      }
      if offersChoice { TogetherPages.choosing(frame, &main, list) } else { list(&main) }
      let words = filter.order == .newest ? "Older ones" : "Newer ones"
      more(frame, page.next, ViewHTML.query(filter), "/inbox", words, &main)
    }
  }

  private static func heading(_ waiting: Int) -> String {
    switch waiting {
    case 0: "Nothing waits for you"
    case 1: "One action waits for a decision"
    default: "\(waiting) actions wait for a decision"
    }
  }

  private static func empty(
    _ frame: DeskFrame, _ page: InboxPage, _ main: inout HTML
  ) {
    main.element("div", [("class", "empty")]) { empty in
      if page.waiting > 0 {
        empty.element("p", text: "None of what waits is of this kind.")
        empty.element("a", [("href", frame.path("/inbox"))], text: "Show all that waits")
      } else {
        empty.element(
          "p",
          text: "AIOM looks through the records by itself and proposes what they ask for. "
            + "What was decided stands under Actions.")
        empty.element("a", [("href", frame.path("/actions"))], text: "Look at all actions")
      }
    }
  }

  private static func row(
    _ frame: DeskFrame, _ item: InboxItem, _ offersChoice: Bool, _ now: Instant,
    _ list: inout HTML
  ) {
    let state = item.state
    list.element("li", LiveMark.attributes(of: state)) { card in
      if offersChoice { TogetherPages.checkbox(item, &card) }
      card.element("h2") { title in
        title.element(
          "a", [("href", frame.path("/actions/\(state.id.rawValue)"))],
          text: item.sentence)
      }
      card.element("p", [("class", "about")], text: state.title)
      card.element("p", [("class", "facts")]) { facts in
        if let amount = item.amount {
          facts.element("span", [("class", "amount")], text: AmountText.text(amount))
        }
        facts.risk(state.risk)
        facts.element("span", text: state.type.rawValue.replacing("_", with: " "))
        facts.element(
          "span", text: "expires \(LocalTime.distance(state.expiresAt, from: now))")
        if item.mark?.hasQuestion == true { facts.element("span", text: "? a question is open") }
        if let person = item.mark?.assignedTo {
          facts.element("span", text: "→ \(person.rawValue)")
        }
      }
    }
  }

  static func more(
    _ frame: DeskFrame, _ next: ActionCursor?, _ query: [(String, String)], _ path: String,
    _ words: String, _ main: inout HTML
  ) {
    guard let next else { return }
    main.element("p", [("class", "more")]) { more in
      more.element(
        "a", [("href", frame.path(path, query + [("after", next.text)])), ("rel", "next")],
        text: words)
    }
  }

  /// Actions of any status.
  static func actions(
    _ frame: DeskFrame, _ states: [ActionState], status: ActionStatus?, next: ActionCursor?,
    now: Instant
  ) -> Page {
    .desk(frame, title: "Actions", current: "/actions", live: .list) { main in
      main.element("h1", text: "Actions")
      main.element("nav", [("class", "filters"), ("aria-label", "Status")]) { nav in
        for one in [nil] + ActionStatus.allCases.map(Optional.some) {
          let query = one.map { [("status", $0.rawValue)] } ?? []
          var attributes: [(StaticString, String)] = [("href", frame.path("/actions", query))]
          if one == status { attributes.append(("aria-current", "true")) }
          nav.element("a", attributes, text: one.map(StateWording.status) ?? "all")
        }
      }
      guard !states.isEmpty else {
        main.element("p", [("class", "empty")], text: "There is none of this kind.")
        return
      }
      main.table(
        ["What", "About", "Risk", "Status", "Proposed"], label: "Actions", stacks: true
      ) { body in
        for state in states { tableRow(frame, state, now, &body) }
      }
      let query = status.map { [("status", $0.rawValue)] } ?? []
      more(frame, next, query, "/actions", "Older ones", &main)
    }
  }

  private static func tableRow(
    _ frame: DeskFrame, _ state: ActionState, _ now: Instant, _ body: inout HTML
  ) {
    body.element("tr") { row in
      row.element("td") { cell in
        cell.element(
          "a", [("href", frame.path("/actions/\(state.id.rawValue)"))],
          text: state.type.rawValue.replacing("_", with: " "))
      }
      row.element("td", text: state.title)
      row.element("td") { $0.risk(state.risk) }
      let hold = state.hold.map { ": \(StateWording.hold($0.reason))" } ?? ""
      row.element("td", text: StateWording.status(state.status) + hold)
      row.element("td", text: LocalTime.distance(state.createdAt, from: now))
    }
  }
}
