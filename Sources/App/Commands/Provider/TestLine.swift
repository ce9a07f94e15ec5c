import ActionProtocol

/// One line of the integration test.
struct TestLine: Sendable {
  enum State: String, Sendable {
    case passed
    case failed
    case skipped
  }

  /// `connection`, `email`, `sms`.
  let id: String
  let title: String
  let state: State
  let words: String
  let remedy: String
  /// What a failure says to the shell.
  let status: ExitStatus

  init(
    _ id: String, _ title: String, _ state: State, _ words: String, remedy: String = "",
    status: ExitStatus = .refused
  ) {
    self.id = id
    self.title = title
    self.state = state
    self.words = words
    self.remedy = remedy
    self.status = status
  }

  init(_ id: String, _ title: String, _ failure: Failure) {
    self.init(
      id, title, .failed, failure.message, remedy: failure.remedy, status: failure.status)
  }

  var json: JSONValue {
    [
      "id": .string(id), "state": .string(state.rawValue), "text": .string(words),
      "remedy": .string(remedy),
    ]
  }

  static func rendered(_ lines: [TestLine], style: Style, width: Int) -> String {
    lines.map { line in
      let word = "[\(line.state.rawValue)]".padding(to: 11)
      let coloured =
        switch line.state {
        case .passed: style.green(word)
        case .failed: style.red(word)
        case .skipped: style.yellow(word)
        }
      var text = coloured + line.title.padding(to: 16) + DisplayText.line(line.words) + "\n"
      for part in line.remedy.isEmpty ? [] : DisplayText.wrap(line.remedy, width: width - 27) {
        text += String(repeating: " ", count: 27) + style.faint(part) + "\n"
      }
      return text
    }.joined()
  }
}
