import Foundation

/// What an answer by SMS says about further messages.
///
/// A message that is one of the words alone is taken at its word. One that holds such a word among
/// others may mean it or not ("stop sending these", "at the end of the week"): then a person looks
/// before anything further is sent. The words and their sources: ``OptOutWords``.
///
/// `YES` opens nothing: whoever answers "can we call you tomorrow?" with it did not ask for messages,
/// and nobody can know which question it answers. Nor does `START` among other words.
public enum OptOutAnswer: Hashable, Sendable {
  /// They want no more.
  case stop
  /// They may want no more.
  case unclear
  /// They ask what this is.
  case help
  /// They want messages again.
  case start
  /// Anything else.
  case other

  /// Reads an answer. Case, accents, punctuation and white space count for nothing; a message of more than
  /// ``mostWords`` words is read up to there.
  public init(_ text: String) {
    let words = Self.words(text)
    let joined = words.joined()
    if OptOutWords.stops.contains(joined) || OptOutWords.stopsAlone.contains(joined) {
      self = .stop
    } else if OptOutWords.starts.contains(joined) {
      self = .start
    } else if OptOutWords.helps.contains(joined) {
      self = .help
    } else {
      self = Self.holdsHint(words) ? .unclear : .other
    }
  }

  /// Further words of a long text are not looked at.
  public static let mostWords = 500

  /// Lower case, without accents; a mark that is no letter or digit ends a word, but for one that is put
  /// into it ("don't").
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    for scalar in text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .nonspacingMark: continue
      case _ where scalar == "'" || scalar == "’": continue
      case .lowercaseLetter, .uppercaseLetter, .otherLetter, .modifierLetter, .decimalNumber:
        word.append(scalar)
      default:
        if !word.isEmpty { words.append(String(word)) }
        if words.count == mostWords { return words }
        word = String.UnicodeScalarView()
      }
    }
    return word.isEmpty ? words : words + [String(word)]
  }

  private static func holdsHint(_ words: [String]) -> Bool {
    let isHint = { (word: String) in
      OptOutWords.stops.contains(word) || OptOutWords.hints.contains(word)
    }
    if words.contains(where: isHint) { return true }
    // "opt out", "no mas".
    if zip(words, words.dropFirst()).contains(where: { isHint($0 + $1) }) { return true }
    let text = " " + words.joined(separator: " ") + " "
    return OptOutWords.phrases.contains { text.contains(" \($0) ") }
  }
}
