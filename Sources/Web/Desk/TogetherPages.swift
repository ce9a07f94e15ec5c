import ActionProtocol
import Cards
import Decisions
import Engine

/// Approving several of one kind in one stroke: choosing, looking at every recipient and the total, and
/// what came of each.
enum TogetherPages {
  /// What has a high risk is looked at alone.
  static func mayBeChosen(_ state: ActionState) -> Bool { state.risk < .high }

  /// A list whose lines can be chosen. Looking at a choice changes nothing.
  static func choosing(
    _ frame: DeskFrame, _ main: inout HTML, _ list: @escaping (inout HTML) -> Void
  ) {
    main.element("form", [("method", "get"), ("action", "/inbox/together")]) { form in
      // A form that only looks brings its own query along.
      if frame.orgs.count > 1 { form.hidden("org", frame.org.rawValue) }
      list(&form)
      form.element("div", [("class", "together")]) { foot in
        foot.button("Look at the chosen ones together")
        foot.element(
          "span", [("class", "hint")],
          text: "Up to \(BulkApproval.most) of one type and risk; nothing is approved yet.")
      }
    }
  }

  static func checkbox(_ item: InboxItem, _ card: inout HTML) {
    guard mayBeChosen(item.state) else { return }
    let id = item.state.id.rawValue
    card.element("label", [("class", "choose")]) { label in
      label.open("input", [("type", "checkbox"), ("name", "id"), ("value", id)])
      label.element("span", [("class", "hidden")], text: "Choose: \(item.sentence)")
    }
  }

  /// Everything that one stroke would approve.
  static func review(_ frame: DeskFrame, _ review: BulkReview, shown: Instant) -> Page {
    let count = review.items.count
    let title = count == 1 ? "One action together" : "\(count) actions together"
    return .desk(frame, title: title, current: "") { main in
      main.element("h1", text: title)
      main.element("p", text: summary(review))
      main.table(
        ["What", "About", "To whom", "Amount"], numbers: [3], label: "What is approved",
        stacks: true
      ) { body in
        for item in review.items { line(frame, item, &body) }
      }
      main.form(frame, "/inbox/together", class: "main") { form in
        form.hidden("shown", "\(shown.milliseconds)")
        for item in review.items {
          form.hidden("choice", "\(item.state.id.rawValue):\(item.state.digest.hex)")
        }
        form.button("Approve all \(count)", class: "primary")
        form.element(
          "p", [("class", "hint")],
          text: "Each is approved for itself: one that changed meanwhile keeps no other back.")
      }
      back(frame, &main)
    }
  }

  /// Why a choice does not go together.
  static func refused(_ frame: DeskFrame, _ problem: Problem) -> Page {
    .desk(frame, title: "Not together", current: "") { main in
      main.element("h1", text: "These do not go together")
      main.outcome(problem, nil)
      back(frame, &main)
    }
  }

  /// What came of each.
  static func results(_ frame: DeskFrame, _ results: [BulkApproval.Result]) -> Page {
    let approved = results.count { if case .success = $0.outcome { true } else { false } }
    return .desk(frame, title: "Approved together", current: "") { main in
      main.element("h1", text: "\(approved) of \(results.count) approved")
      main.table(["Action", "What became of it"], label: "Results", stacks: true) { body in
        for result in results {
          body.element("tr") { row in
            row.element("td") { cell in
              cell.element(
                "a", [("href", frame.path("/actions/\(result.id.rawValue)"))],
                text: title(result))
            }
            row.element("td", text: outcome(result))
          }
        }
      }
      back(frame, &main)
    }
  }

  private static func back(_ frame: DeskFrame, _ main: inout HTML) {
    main.element("p") { line in
      line.element("a", [("href", frame.path("/inbox"))], text: "Back to the inbox")
    }
  }

  private static func title(_ result: BulkApproval.Result) -> String {
    if case .success(let state) = result.outcome { state.title } else { result.id.rawValue }
  }

  private static func outcome(_ result: BulkApproval.Result) -> String {
    switch result.outcome {
    case .success(let state): StateWording.status(state.status)
    case .failure(let error): "Not approved. \(error.message)"
    }
  }

  private static func summary(_ review: BulkReview) -> String {
    let people = Set(review.items.flatMap(\.recipients)).count
    let kind = review.items.first?.state.type.rawValue.replacing("_", with: " ") ?? ""
    let sum = review.totals.map(AmountText.text).joined(separator: ", ")
    let reach = people == 1 ? "one recipient" : "\(people) recipients"
    return "All of the type \(kind), to \(reach)" + (sum.isEmpty ? "." : ", together \(sum).")
  }

  private static func line(_ frame: DeskFrame, _ item: BulkReview.Item, _ body: inout HTML) {
    body.element("tr") { row in
      row.element("td") { cell in
        cell.element(
          "a", [("href", frame.path("/actions/\(item.state.id.rawValue)"))], text: item.sentence)
      }
      row.element("td", text: item.state.title)
      row.element("td", text: item.recipients.joined(separator: ", "))
      row.element("td", [("class", "number")], text: item.amount.map(AmountText.text) ?? "–")
    }
  }
}
