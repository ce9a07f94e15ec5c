import HTTPTypes

/// The languages that our pages are written in.
enum PageLanguage: String, Hashable, Sendable, CaseIterable {
  case english = "en"
  case german = "de"

  /// - Parameter tag: such as `de-CH`; anything that is not German is answered in English.
  init(tag: String) {
    let primary = tag.lowercased().prefix { $0 != "-" && $0 != "_" }
    self = primary == "de" ? .german : .english
  }

  /// What the reader's browser asks for first, of those we have.
  init(accepting fields: HTTPFields) {
    let tags = fields[values: .acceptLanguage].flatMap { $0.split(separator: ",") }
    let primaries = tags.map { tag in
      tag.drop { $0 == " " }.lowercased().prefix { $0.isLetter }
    }
    self = primaries.first { $0 == "de" || $0 == "en" } == "de" ? .german : .english
  }
}
