/// What an answer by SMS says about further messages.
///
/// A message that is one of the words alone is taken at its word. One that holds such a word among
/// others may mean it or not ("stop sending these", "at the end of the week"): then a person looks
/// before anything further is sent. The words are those that networks and providers take as an
/// opt-out, and those by which United States law lets anybody revoke.
public enum OptOutAnswer: Hashable, Sendable {
  /// They want no more.
  case stop
  /// They may want no more.
  case unclear
  /// Anything else, also `START`: what was stopped is never opened again by an answer.
  case other

  private static let words: Set<String> = [
    "stop", "stopp", "stopall", "unsubscribe", "cancel", "end", "quit", "optout", "revoke",
    "remove", "td", "arret", "arrêt",
  ]

  /// Words that mean it among others; alone they may be an answer to something else.
  private static let hints: Set<String> = ["basta", "aufhören", "aufhoeren", "nomas", "nomás"]

  /// Reads an answer. Case, punctuation and white space count for nothing.
  public init(_ text: String) {
    let parts = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    let isHint = { (word: String) in Self.words.contains(word) || Self.hints.contains(word) }
    if Self.words.contains(parts.joined()) {
      self = .stop
    } else if parts.contains(where: { isHint(String($0)) })
      || zip(parts, parts.dropFirst()).contains(where: { isHint("\($0)\($1)") })
    {
      self = .unclear
    } else {
      self = .other
    }
  }
}
