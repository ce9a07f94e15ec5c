/// An amount of money in millionths of a price table's currency.
///
/// Prices of single text messages are fractions of a cent, so that minor units are too coarse, and
/// floating point does not add up.
public struct Price: Hashable, Comparable, Sendable {
  /// Millionths of the currency's main unit; never negative.
  public let micros: Int64

  /// Nothing.
  public static let zero = Price(micros: 0)

  /// The largest amount that is read: a hundred million.
  public static let maximum = Price(micros: 100_000_000_000_000)

  /// An amount of so many millionths.
  public init(micros: Int64) { self.micros = max(0, micros) }

  /// The amount of a plain decimal such as `0.04` or `10`, with at most six decimals; nil where the
  /// text is none, or is more than ``maximum``.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = Self.digits(parts[0]), whole <= 100_000_000
    else { return nil }
    var micros = whole * 1_000_000
    if parts.count == 2 {
      guard parts[1].utf8.count <= 6, let fraction = Self.digits(parts[1]) else { return nil }
      micros += (parts[1].utf8.count..<6).reduce(fraction) { value, _ in value * 10 }
    }
    guard micros <= Self.maximum.micros else { return nil }
    self.init(micros: micros)
  }

  /// Saturates instead of overflowing.
  public static func + (left: Price, right: Price) -> Price {
    let (sum, overflow) = left.micros.addingReportingOverflow(right.micros)
    return Price(micros: overflow ? Int64.max : sum)
  }

  /// So many times the amount; saturates instead of overflowing.
  public static func * (price: Price, count: Int) -> Price {
    let (product, overflow) = price.micros.multipliedReportingOverflow(by: Int64(max(0, count)))
    return Price(micros: overflow ? Int64.max : product)
  }

  /// Orders by amount.
  public static func < (left: Price, right: Price) -> Bool { left.micros < right.micros }

  /// With two decimals, or as many as are needed to write it exactly: `10.00`, `0.0051`.
  public var text: String {
    var fraction = String(micros % 1_000_000 + 1_000_000).dropFirst()
    while fraction.count > 2, fraction.last == "0" { fraction = fraction.dropLast() }
    return "\(micros / 1_000_000).\(fraction)"
  }

  private static func digits(_ text: Substring) -> Int64? {
    guard !text.isEmpty, text.utf8.count <= 9, text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int64(text)
  }
}

/// From the least to the most that something may cost: prices of text messages are known as ranges.
public struct PriceRange: Hashable, Sendable {
  /// The least.
  public let low: Price
  /// The most; never below `low`.
  public let high: Price

  /// Nothing.
  public static let zero = PriceRange(.zero, .zero)

  /// A range; the two may come in either order.
  public init(_ one: Price, _ other: Price) {
    low = min(one, other)
    high = max(one, other)
  }

  /// End by end.
  public static func + (left: PriceRange, right: PriceRange) -> PriceRange {
    PriceRange(left.low + right.low, left.high + right.high)
  }

  /// End by end.
  public static func * (range: PriceRange, count: Int) -> PriceRange {
    PriceRange(range.low * count, range.high * count)
  }

  /// `10.40-12.00`, or one amount where both ends are the same.
  public var text: String { low == high ? low.text : "\(low.text)-\(high.text)" }
}
