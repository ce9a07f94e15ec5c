import ActionProtocol

/// Amounts in tables: the code, groups of three, the currency's decimals: `USD 5,000.00`.
public enum AmountText {
  public static func text(_ money: Money) -> String { "\(money.currency.code) \(number(money))" }

  /// The number alone.
  public static func number(_ money: Money) -> String {
    let plain = money.decimalText
    let isNegative = plain.hasPrefix("-")
    let parts = plain.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first else { return plain }
    let fraction = parts.count == 2 ? ".\(parts[1])" : ""
    return (isNegative ? "-" : "") + grouped(String(whole)) + fraction
  }

  public static func grouped(_ digits: String) -> String {
    var groups: [Substring] = []
    var rest = digits[...]
    while rest.count > 3 {
      groups.insert(rest.suffix(3), at: 0)
      rest = rest.dropLast(3)
    }
    groups.insert(rest, at: 0)
    return groups.joined(separator: ",")
  }
}
