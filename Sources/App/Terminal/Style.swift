/// Colours for a terminal; plain text everywhere else.
struct Style: Sendable {
  let isOn: Bool

  /// Colour only on a terminal, and never where `NO_COLOR` is set (no-color.org).
  init(stream: StandardStream, environment: [String: String]) {
    let refused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    isOn = stream.isTerminal && !refused && environment["TERM"] != "dumb"
  }

  init(isOn: Bool) { self.isOn = isOn }

  static let plain = Style(isOn: false)

  func bold(_ text: String) -> String { wrap(text, "1") }
  func faint(_ text: String) -> String { wrap(text, "2") }
  func red(_ text: String) -> String { wrap(text, "31") }
  func green(_ text: String) -> String { wrap(text, "32") }
  func yellow(_ text: String) -> String { wrap(text, "33") }

  private func wrap(_ text: String, _ code: String) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
