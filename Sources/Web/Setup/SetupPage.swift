import ActionProtocol
import Decisions
import Engine

/// What going live takes, what of it is done, and what only a person can see.
struct SetupPage {
  let frame: DeskFrame
  let groups: [SetupGroup]
  let ticks: [SetupTick.Box: SetupTick]
  let problem: Problem?
  let notice: String?

  static func make(
    _ desk: DeskViews, _ setup: any SetupReading, _ request: WebRequest,
    problem: Problem? = nil, notice: String? = nil
  ) async throws -> Page {
    let frame = try await desk.frame(request).frame
    return SetupPage(
      frame: frame, groups: try await setup.groups(frame.org),
      ticks: try await SetupTicks(desk.engine).list(frame.org), problem: problem, notice: notice
    ).page
  }

  private var page: Page {
    .desk(frame, title: "Setup", current: "/setup") { main in
      let missing = groups.flatMap(\.lines).count(where: \.isInTheWay)
      main.element("h1", text: heading(missing))
      main.outcome(problem, notice)
      main.element("p") { words in
        words.element("a", [("href", frame.path("/settings"))], text: "Settings")
      }
      delivery(&main)
      for group in groups {
        main.element("section") { part in
          part.element("h2", text: group.title)
          table(group, &part)
        }
      }
      main.element(
        "p", [("class", "hint")],
        text:
          "This page asks nobody outside. aiom doctor also asks the provider what the key may do "
          + "and looks up DNS.")
    }
  }

  private func heading(_ missing: Int) -> String {
    if frame.delivery == .live { return missing == 0 ? "Live" : "Live, and something is missing" }
    switch missing {
    case 0: return "Nothing stands in the way of going live"
    case 1: return "One thing stands in the way of going live"
    default: return "\(missing) things stand in the way of going live"
    }
  }

  // MARK: - Delivery

  private func delivery(_ main: inout HTML) {
    main.element("section") { part in
      part.element("h2", text: "Delivery")
      part.element("dl") { list in
        list.fact("Organisation", "made as \(frame.organisation.mode.rawValue), which is fixed")
        list.fact("This server", frame.delivery.rawValue)
        list.fact("So", meaning)
      }
      guard frame.delivery != .live else { return }
      part.element("h3", text: "Going live")
      part.element("ol") { list in
        if frame.organisation.mode != .live {
          list.element(
            "li",
            text: "Make a live organisation: aiom org create --mode live. This one stays for "
              + "trying.")
        }
        if frame.delivery == .sandbox {
          list.element(
            "li",
            text: "Rehearse: set AIOM_DELIVERY=redirect and an address of your own, start aiom "
              + "serve again, and read what arrives.")
        }
        list.element("li", text: "Tick below what you have seen.")
        list.element(
          "li",
          text: "Set AIOM_DELIVERY=live and start aiom serve again. From then on approved "
            + "messages reach customers; what was approved before was approved for the rehearsal "
            + "and never goes to them.")
      }
      part.element(
        "p", [("class", "hint")],
        text:
          "Delivery is a setting of the server, so that no page, no token and no stolen session "
          + "can turn it on.")
    }
  }

  private var meaning: String {
    switch frame.delivery {
    case .sandbox: "messages go to the local mailbox, no customer sees them"
    case .redirect: "every message goes to your own address, no customer sees it"
    case .live: "approved messages reach customers"
    }
  }

  // MARK: - Boxes

  private func table(_ group: SetupGroup, _ part: inout HTML) {
    part.table(["State", "Box", "Found", "What helps"], label: group.title, stacks: true) { body in
      for line in group.lines {
        body.element("tr") { row in
          row.element("td", text: Self.state(line))
          row.element("th", [("scope", "row")], text: line.title)
          row.element("td", text: line.found)
          row.element("td") { cell in
            cell.text(line.fix)
            if let box = SetupTick.Box(rawValue: line.id) { ticking(box, &cell) }
          }
        }
      }
    }
  }

  private static func state(_ line: SetupLine) -> String {
    switch line.state {
    case .ok: "✔ ok"
    case .missing: line.isOptional ? "○ missing, optional" : "✘ missing"
    case .cannotTell: "? cannot tell"
    case .skipped: "– skipped"
    }
  }

  private func ticking(_ box: SetupTick.Box, _ cell: inout HTML) {
    let isTicked = ticks[box] != nil
    guard frame.rights.contains(.settings) else { return }
    cell.element("details") { details in
      details.element("summary", text: isTicked ? "Take the tick back" : "Tick it")
      details.form(frame, isTicked ? "/setup/untick" : "/setup/tick") { form in
        form.hidden("box", box.rawValue)
        form.field(
          "note-\(box.rawValue)", "note", isTicked ? "Why?" : "What did you see?",
          [("required", ""), ("maxlength", "1000")])
        form.button(
          isTicked ? "Take it back" : "I have seen it", class: isTicked ? "danger" : "primary")
      }
    }
  }
}
