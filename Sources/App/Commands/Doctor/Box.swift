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
  /// Whether all that is needed works without it.
  let isOptional: Bool

  init(
    _ id: String, _ title: String, _ state: State, _ found: String, fix: String = "",
    optional isOptional: Bool = false
  ) {
    self.id = id
    self.title = title
    self.state = state
    self.found = found
    self.fix = state == .ok ? "" : fix
    self.isOptional = isOptional
  }

  /// Whether it stands in the way of going live.
  var isInTheWay: Bool { state == .missing && !isOptional }

  var json: JSONValue {
    [
      "id": .string(id), "title": .string(title), "state": .string(state.rawValue),
      "found": .string(found), "fix": .string(fix), "optional": .bool(isOptional),
    ]
  }
}

/// Boxes as a list for people.
enum BoxList {
  /// Where a box's text begins, after its word.
  private static let margin = 16

  static func rendered(_ boxes: [Box], style: Style, width: Int) -> String {
    let longest = boxes.map { $0.title.count }.max() ?? 0
    var text = ""
    var said = ""
    for box in boxes {
      let word = "[\(box.state.word)]".padding(to: 14)
      let column = 14 + longest + 2
      let found = DisplayText.wrap(
        DisplayText.line(box.found)
          + (box.isOptional && box.state == .missing ? " (optional)" : ""),
        width: width - column)
      text += "\(coloured(word, box, style))\(box.title.padding(to: longest + 2))"
      text += found.joined(separator: "\n" + String(repeating: " ", count: column)) + "\n"
      // The same advice under ten lines would hide what differs.
      for line in box.fix.isEmpty || box.fix == said
        ? [] : DisplayText.wrap(box.fix, width: width - margin)
      {
        text += String(repeating: " ", count: margin) + style.faint(line) + "\n"
      }
      if !box.fix.isEmpty { said = box.fix }
    }
    return text
  }

  /// `12 ok, 3 missing (2 of them optional), 4 cannot tell`.
  static func tally(_ boxes: [Box]) -> String {
    [Box.State.ok, .missing, .cannotTell, .skipped].compactMap { state in
      let all = boxes.filter { $0.state == state }
      guard !all.isEmpty else { return nil }
      let optional = state == .missing ? all.filter(\.isOptional).count : 0
      return "\(all.count) \(state.word)" + (optional > 0 ? " (\(optional) of them optional)" : "")
    }.joined(separator: ", ")
  }

  private static func coloured(_ text: String, _ box: Box, _ style: Style) -> String {
    switch box.state {
    case .ok: style.green(text)
    case .missing: box.isOptional ? style.yellow(text) : style.red(text)
    case .cannotTell, .skipped: style.yellow(text)
    }
  }
}
