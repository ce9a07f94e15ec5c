import ActionProtocol
import Testing

@Suite("Money")
struct MoneyTests {
  @Test(
    arguments: [
      ("5000.00", "EUR", 500_000), ("5000", "EUR", 500_000), ("-0.05", "EUR", -5),
      ("0.5", "USD", 50),
      ("500", "JPY", 500), ("500.00", "JPY", 500), ("1.234", "BHD", 1234), ("1.2340", "BHD", 1234),
      ("92233720368547758.07", "EUR", .max), ("0", "EUR", 0), ("007.10", "EUR", 710),
    ] as [(String, String, Int64)])
  func `reads decimals`(text: String, code: String, units: Int64) throws {
    let currency = try #require(Currency(code: code))
    let money = try #require(Money(decimalText: text, currency: currency))
    #expect(money.minorUnits == units)
    #expect(Money(decimalText: money.decimalText, currency: currency) == money)
  }

  @Test(arguments: [
    "", "-", ".", "1.", ".5", "1.234", "1,00", "1e3", "+1", " 1", "1.2.3", "92233720368547758.08",
    "٣",
    "--1",
  ])
  func `refuses what is not an amount`(text: String) throws {
    #expect(Money(decimalText: text, currency: try #require(Currency(code: "EUR"))) == nil)
  }

  @Test(
    arguments: [
      (500_000, "EUR", "5000.00"), (-5, "EUR", "-0.05"), (0, "EUR", "0.00"), (500, "JPY", "500"),
      (1, "BHD", "0.001"), (.min, "EUR", "-92233720368547758.08"),
    ] as [(Int64, String, String)])
  func `writes all places of the currency`(units: Int64, code: String, text: String) throws {
    let currency = try #require(Currency(code: code))
    #expect(Money(minorUnits: units, currency: currency).decimalText == text)
  }

  @Test func `is never added across currencies or beyond its range`() throws {
    let euro = try Examples.euros(1)
    let dollar = Money(minorUnits: 1, currency: try #require(Currency(code: "USD")))
    #expect(euro.adding(try Examples.euros(2)) == (try Examples.euros(3)))
    #expect(euro.adding(dollar) == nil)
    #expect(euro.adding(try Examples.euros(.max)) == nil)
  }
}

@Suite("Currency")
struct CurrencyTests {
  @Test(arguments: ["eur", "EU", "EURO", "EUX", "", "€"])
  func `refuses unknown codes`(code: String) { #expect(Currency(code: code) == nil) }

  @Test(arguments: [("EUR", 2), ("JPY", 0), ("BHD", 3), ("CLF", 4), ("USD", 2)])
  func `knows the places of its minor unit`(code: String, exponent: Int) {
    #expect(Currency(code: code)?.exponent == exponent)
  }
}
