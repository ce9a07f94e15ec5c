import ActionProtocol

/// The few phrases that reasons, effects and explanations share, for the company's own people.
enum Wording {
  /// `1 day`, `60 days`.
  static func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }

  /// `1 invoice`, `3 invoices`.
  static func invoices(_ count: Int) -> String { count == 1 ? "1 invoice" : "\(count) invoices" }

  /// `5000.00 USD`: exact and without a locale.
  static func plain(_ money: Money) -> String { "\(money.decimalText) \(money.currency.code)" }

  /// The first names of a list and how many more there are.
  static func list(_ names: [String], atMost limit: Int = 10) -> String {
    let shown = names.prefix(limit).map { short($0, 60) }.joined(separator: ", ")
    return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
  }

  /// A record's name on one line, for colleagues, who may see what a customer may not.
  static func line(_ name: String) -> String {
    let scalars = name.unicodeScalars.map { scalar -> Unicode.Scalar in
      let kind = scalar.properties.generalCategory
      let isBreak = [.control, .format, .lineSeparator, .paragraphSeparator].contains(kind)
      return isBreak ? " " : scalar
    }
    return short(String(String.UnicodeScalarView(scalars)), 120)
  }

  /// A text cut to a number of Unicode scalars, with an ellipsis where something is missing.
  static func short(_ text: String, _ limit: Int) -> String {
    guard text.unicodeScalars.count > limit else { return text }
    var kept = ""
    var size = 0
    for character in text {
      size += character.unicodeScalars.count
      if size > limit - 1 { break }
      kept.append(character)
    }
    return kept + "…"
  }
}
