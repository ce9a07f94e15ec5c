/// An amount in the minor unit of its currency: 500000 in EUR is five thousand euros.
public struct Money: Hashable, Sendable {
  /// The amount in minor units; negative for what is owed the other way.
  public let minorUnits: Int64
  /// The currency.
  public let currency: Currency

  /// The given number of minor units of a currency.
  public init(minorUnits: Int64, currency: Currency) {
    self.minorUnits = minorUnits
    self.currency = currency
  }

  /// The amount of a plain decimal such as `5000.00`, `-3` or `0.5`, or nil where the text is
  /// none, does not fit, or has more places than the currency (trailing zeros do not count).
  public init?(decimalText: String, currency: Currency) {
    var digits = decimalText.utf8[...]
    let negative = digits.first == UInt8(ascii: "-")
    if negative { digits = digits.dropFirst() }
    let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    var fraction = Array(parts.count == 2 ? parts[1] : parts[0].prefix(0))
    while fraction.count > currency.exponent, fraction.last == UInt8(ascii: "0") {
      fraction.removeLast()
    }
    guard fraction.count <= currency.exponent else { return nil }
    fraction += repeatElement(UInt8(ascii: "0"), count: currency.exponent - fraction.count)
    var units: Int64 = 0
    for byte in Array(parts[0]) + fraction {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      let (scaled, over) = units.multipliedReportingOverflow(by: 10)
      let (sum, overflow) = scaled.addingReportingOverflow(Int64(byte) - 0x30)
      if over || overflow { return nil }
      units = sum
    }
    self.init(minorUnits: negative ? -units : units, currency: currency)
  }

  /// The amount as a plain decimal with all places of the currency: `5000.00`, `-0.05`, `500`.
  public var decimalText: String {
    let digits = String(minorUnits.magnitude)
    let sign = minorUnits < 0 ? "-" : ""
    let places = currency.exponent
    guard places > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return sign + padded.dropLast(places) + "." + padded.suffix(places)
  }

  /// The sum, or nil where the currencies differ or the sum does not fit.
  public func adding(_ other: Money) -> Money? {
    let (sum, overflow) = minorUnits.addingReportingOverflow(other.minorUnits)
    guard currency == other.currency, !overflow else { return nil }
    return Money(minorUnits: sum, currency: currency)
  }
}
