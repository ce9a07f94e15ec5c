import ActionProtocol

/// One thing to tick before going live.
struct Box: Sendable {
  enum State: String, Sendable {
    case ok
    case missing
    case cannotTell = "cannot_tell"
    case skipped

    var word: String { rawValue.replacing("_", with: " ") }
  }

  let id: String
  let title: String
  let state: State
  /// What was found.
  let found: String
  /// What to do; empty where nothing is to do.
  let fix: String

  init(_ id: String, _ title: String, _ state: State, _ found: String, fix: String = "") {
    self.id = id
    self.title = title
    self.state = state
    self.found = found
    self.fix = state == .ok ? "" : fix
  }

  var json: JSONValue {
    [
      "id": .string(id), "title": .string(title), "state": .string(state.rawValue),
      "found": .string(found), "fix": .string(fix),
    ]
  }
}

/// Boxes as a list for people.
enum BoxList {
  static func rendered(_ boxes: [Box], style: Style, width: Int) -> String {
    let longest = boxes.map { $0.title.count }.max() ?? 0
    var text = ""
    for box in boxes {
      let word = "[\(box.state.word)]".padding(to: 14)
      text += "\(coloured(word, box.state, style))\(box.title.padding(to: longest + 2))"
      text += DisplayText.line(box.found) + "\n"
      if !box.fix.isEmpty {
        for line in DisplayText.wrap(box.fix, width: width - 16) {
          text += String(repeating: " ", count: 16) + style.faint(line) + "\n"
        }
      }
    }
    return text
  }

  /// `12 ok, 3 missing, 4 cannot tell`.
  static func tally(_ boxes: [Box]) -> String {
    [Box.State.ok, .missing, .cannotTell, .skipped].compactMap { state in
      let count = boxes.filter { $0.state == state }.count
      return count == 0 ? nil : "\(count) \(state.word)"
    }.joined(separator: ", ")
  }

  private static func coloured(_ text: String, _ state: Box.State, _ style: Style) -> String {
    switch state {
    case .ok: style.green(text)
    case .missing: style.red(text)
    case .cannotTell, .skipped: style.yellow(text)
    }
  }
}
