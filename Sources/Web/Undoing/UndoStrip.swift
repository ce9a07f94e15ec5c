import ActionProtocol
import Cards
import Decisions
import Engine

/// Approvals that can still be undone, above the inbox: how long, and both ways to end it.
struct UndoStrip {
  let frame: DeskFrame
  let items: [InboxItem]
  let now: Instant

  /// Whether anything of it may be shown with its forms.
  var isShown: Bool { !items.isEmpty && frame.rights.contains(.decide) }

  func write(_ main: inout HTML) {
    guard isShown else { return }
    let newest = items.filter(isOwn).max { approved($0) < approved($1) }?.state.id
    main.element("section", [("class", "undo"), ("aria-label", "Approved, can be undone")]) {
      part in
      part.element("h2", text: "Approved, and can still be undone")
      part.element("ul") { list in
        for item in items { row(item, hasKey: item.state.id == newest, &list) }
      }
    }
  }

  /// A key undoes what oneself approved, never another's.
  private func isOwn(_ item: InboxItem) -> Bool {
    item.state.approval?.by.rawValue == "person:\(frame.person)"
  }

  private func approved(_ item: InboxItem) -> Int64 { item.state.approval?.at.milliseconds ?? 0 }

  private func row(_ item: InboxItem, hasKey: Bool, _ list: inout HTML) {
    let state = item.state
    list.element("li", LiveMark.attributes(of: state)) { row in
      row.element("p") { words in
        words.element(
          "a", [("href", frame.path("/actions/\(state.id.rawValue)"))], text: item.sentence)
        words.text(" \(state.title) ")
        if let until = state.hold?.until {
          let second = Instant(milliseconds: until.milliseconds / 1000 * 1000)
          words.text("until \(frame.time.timeOfDay(second)) ")
          words.clock(milliseconds: until.milliseconds - now.milliseconds)
        }
      }
      row.element("div", [("class", "together")]) { deeds in
        button("/inbox/undo", "Undo", state, hasKey, &deeds)
        button("/inbox/send-now", "Send now", state, false, &deeds)
      }
    }
  }

  private func button(
    _ path: String, _ label: String, _ state: ActionState, _ hasKey: Bool, _ html: inout HTML
  ) {
    html.form(frame, path) { form in
      form.hidden("action", state.id.rawValue)
      form.hidden("digest", state.digest.hex)
      let key: [(StaticString, String)] =
        hasKey
        ? [("data-key", "u"), ("data-at-once", ""), ("data-says", "Undo the latest of yours")] : []
      form.button(label, key) { button in
        button.element("span", [("class", "hidden")], text: ": \(state.title)")
      }
    }
  }
}

extension HTML {
  /// A button whose further words only some readers are told.
  mutating func button(
    _ label: String, _ further: [(StaticString, String)], _ more: (inout HTML) -> Void
  ) {
    element("button", [("type", "submit")] + further) { button in
      button.text(label)
      more(&button)
    }
  }
}
