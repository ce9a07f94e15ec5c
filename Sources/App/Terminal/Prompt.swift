/// Questions at the terminal.
struct Prompt: Sendable {
  let console: Console

  /// Asks for a line. An empty answer takes the default.
  /// - Returns: nil at the end of the input.
  func line(_ question: String, default fallback: String? = nil) -> String? {
    let shown = fallback.map { $0.isEmpty ? "" : " [\($0)]" } ?? ""
    StandardStream.output.write("\(question)\(shown): ")
    guard let answer = readLine(strippingNewline: true) else { return nil }
    let trimmed = answer.trimmingSpaces
    return trimmed.isEmpty ? (fallback ?? "") : trimmed
  }

  /// Asks until the answer is yes or no. The end of the input is no.
  func confirm(_ question: String) -> Bool {
    while true {
      StandardStream.output.write("\(question) [y/N] ")
      guard let answer = readLine(strippingNewline: true)?.lowercased().trimmingSpaces else {
        console.say()
        return false
      }
      switch answer {
      case "y", "yes": return true
      case "n", "no", "": return false
      default: console.say("Please answer y or n.")
      }
    }
  }
}

extension String {
  var trimmingSpaces: String {
    var text = self[...]
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text.drop(while: \.isWhitespace))
  }
}
