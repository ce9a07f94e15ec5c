import ActionProtocol

/// Reads amounts as people and programs write them: `1,234.56`, `1.234,56`, `1 234,56`, `1'234.56`,
/// `(12.00)`, `12.00-`, `$5`, `5 EUR`. Nothing is ever rounded.
struct AmountReader: Sendable {
  /// Greater amounts are a mistake, and sums of them would not fit.
  static let limit: Int64 = 1_000_000_000_000_000

  /// Which mark the source uses; nil where it has not been said.
  var decimalMark: DecimalMark?

  /// The amount of a cell.
  /// - Parameter currency: the row's currency; a sign or code in the cell must agree with it.
  func read(_ cell: String, currency: Currency) throws -> Money {
    var text = Substring(cell).trimmingSpace
    // Without a digit there is no amount that a currency's sign could stand beside.
    guard text.contains(where: \.isASCIIDigit) else { throw Self.noAmount }
    let isNegative = Self.stripSign(&text)
    try Self.stripCurrency(&text, currency)
    let isNegativeInside = Self.stripSign(&text)
    if isNegative, isNegativeInside { throw Self.noAmount }
    let (whole, fraction) = try split(text)
    let sign = isNegative || isNegativeInside ? "-" : ""
    if fraction.dropFirst(currency.exponent).contains(where: { $0 != "0" }) {
      throw ValueProblem(
        "has more decimals than \(currency.code) has, and amounts are never rounded",
        remedy: "Correct the amount, or the row's currency.")
    }
    let plain = sign + whole + (fraction.isEmpty ? "" : "." + fraction)
    guard let money = Money(decimalText: plain, currency: currency),
      abs(money.minorUnits) <= Self.limit
    else { throw ValueProblem("is too great an amount", remedy: "Correct the amount.") }
    return money
  }

  static let noAmount = ValueProblem(
    "is no amount", remedy: "Write it as 1234.56, with a minus for negative amounts.")

  /// A minus before or behind, or parentheses.
  private static func stripSign(_ text: inout Substring) -> Bool {
    if text.hasPrefix("("), text.hasSuffix(")") {
      text = text.dropFirst().dropLast().trimmingSpace
      return true
    }
    if text.hasPrefix("+") { text = text.dropFirst().trimmingSpace }
    for minus in ["-", "\u{2212}"] {
      if text.hasPrefix(minus) {
        text = text.dropFirst().trimmingSpace
        return true
      }
      if text.hasSuffix(minus) {
        text = text.dropLast().trimmingSpace
        return true
      }
    }
    return false
  }

  /// A currency's code or sign before or behind.
  private static func stripCurrency(_ text: inout Substring, _ currency: Currency) throws {
    let isMark: (Character) -> Bool = { $0.isLetter || $0.isCurrencySymbol }
    let mark =
      text.first.map(isMark) == true ? text.prefix(while: isMark) : text.trailing(while: isMark)
    guard !mark.isEmpty else { return }
    guard names(String(mark), currency) else {
      throw ValueProblem(
        "names another currency than the row's, which is \(currency.code)",
        remedy: "Give the row's currency in a column of its own.")
    }
    let isBefore = mark.startIndex == text.startIndex
    text = (isBefore ? text.dropFirst(mark.count) : text.dropLast(mark.count)).trimmingSpace
  }

  private static func names(_ mark: String, _ currency: Currency) -> Bool {
    switch mark {
    case "$": currency.code.hasSuffix("D") || currency.code == "MXN"
    case "€": currency.code == "EUR"
    case "£": ["GBP", "EGP", "GIP", "FKP", "SHP"].contains(currency.code)
    case "¥": ["JPY", "CNY"].contains(currency.code)
    default: mark.uppercased() == currency.code
    }
  }
}

extension AmountReader {
  /// The digits before and behind the decimal mark, without grouping.
  private func split(_ text: Substring) throws -> (whole: String, fraction: String) {
    let marks = text.filter { !$0.isASCIIDigit }
    guard text.contains(where: \.isASCIIDigit),
      marks.allSatisfy({ ".,' \u{2019}\u{A0}\u{202F}".contains($0) })
    else { throw Self.noAmount }
    guard let mark = try mark(text) else {
      return (try Self.ungrouped(text), "")
    }
    guard let place = text.lastIndex(of: mark) else { return (try Self.ungrouped(text), "") }
    let fraction = text[text.index(after: place)...]
    guard fraction.allSatisfy(\.isASCIIDigit), !text[..<place].contains(mark) else {
      throw Self.noAmount
    }
    let whole = text[..<place]
    return (whole.isEmpty ? "0" : try Self.ungrouped(whole), String(fraction))
  }

  /// The character that separates the decimals of this amount; nil where it has none.
  private func mark(_ text: Substring) throws -> Character? {
    if let decimalMark { return decimalMark == .point ? "." : "," }
    let (points, commas) = (text.count { $0 == "." }, text.count { $0 == "," })
    if points > 0, commas > 0 { return text.last { $0 == "." || $0 == "," } }
    guard points + commas == 1, let place = text.lastIndex(where: { $0 == "." || $0 == "," })
    else { return nil }
    let behind = text.distance(from: place, to: text.endIndex) - 1
    if behind == 3, (1...3).contains(text[..<place].count) {
      throw ValueProblem(
        "could be thousands or decimals",
        remedy: "Say which mark separates the decimals: --decimal point or --decimal comma.")
    }
    return text[place]
  }

  /// The digits of a whole number whose groups, if it has any, are of three.
  private static func ungrouped(_ text: Substring) throws -> String {
    guard let separator = text.first(where: { !$0.isASCIIDigit }) else { return String(text) }
    let groups = text.split(separator: separator, omittingEmptySubsequences: false)
    guard let first = groups.first, (1...3).contains(first.count),
      groups.dropFirst().allSatisfy({ $0.count == 3 }),
      groups.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) })
    else { throw noAmount }
    return groups.joined()
  }
}

extension Character {
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

extension Substring {
  /// Without spaces of any width at both ends.
  var trimmingSpace: Substring {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start.prefix(0) }
    return start[...last]
  }

  func trailing(while isPart: (Character) -> Bool) -> Substring {
    guard let last = lastIndex(where: { !isPart($0) }) else { return self }
    return self[index(after: last)...]
  }
}
