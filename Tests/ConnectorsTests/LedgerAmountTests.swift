import ActionProtocol
import Testing

@testable import Connectors

@Suite("Amounts of ledger files")
struct LedgerAmountTests {
  @Test(arguments: ["abc", "USD", "n/a", "-", "total due"])
  func `a cell without a digit is no amount, not another currency's`(_ cell: String) throws {
    let dollars = try #require(Currency(code: "USD"))
    let problem = #expect(throws: ValueProblem.self) {
      try AmountReader(decimalMark: nil).read(cell, currency: dollars)
    }
    #expect(problem?.problem == "is no amount")
  }

  @Test(arguments: [
    ("5000", 500_000), ("5000.00", 500_000), ("5,000.00", 500_000), ("5.000,00", 500_000),
    ("5 000,00", 500_000), ("5\u{A0}000,00", 500_000), ("5\u{202F}000,00", 500_000),
    ("5'000.00", 500_000), ("5’000.00", 500_000), ("1,234,567", 123_456_700),
    ("1.234.567", 123_456_700), ("1.234.567,8", 123_456_780), ("0.5", 50), (".5", 50),
    (",5", 50), ("12,3", 1230), ("12,34", 1234), ("1234,56", 123_456), ("-12.00", -1200),
    ("12.00-", -1200), ("\u{2212}12.00", -1200), ("(12.00)", -1200), ("($12.00)", -1200),
    ("+12.00", 1200), ("$5", 500), ("-$5", -500), ("$-5", -500), ("$ 5.10", 510), ("5 USD", 500),
    ("USD 5", 500), ("usd5", 500), (" 7 ", 700), ("7.10000", 710), ("0", 0), ("-0.00", 0),
    ("1234.560", 123_456),
  ])
  func `are read exactly`(cell: String, cents: Int64) throws {
    #expect(try AmountReader().read(cell, currency: usd) == money(cents))
  }

  @Test(
    arguments: [
      ("1,234", DecimalMark.point, 123_400), ("1,234", .comma, nil), ("1.234", .comma, 123_400),
      ("1.234", .point, nil), ("1.000", .point, 100), ("1,000", .comma, 100),
      ("1.234,56", .point, nil), ("1,234.56", .comma, nil), ("12,5", .point, nil),
      ("1234,5", .comma, 123_450), ("1.234.567,89", .comma, 123_456_789),
    ] as [(String, DecimalMark, Int64?)])
  func `follow the mark that was said`(cell: String, mark: DecimalMark, cents: Int64?) {
    #expect(
      (try? AmountReader(decimalMark: mark).read(cell, currency: usd)) == cents.map(money))
  }

  @Test(arguments: ["1,234", "1.234", "12.345", "999,000", "1.000"])
  func `that could be thousands or decimals are refused`(cell: String) {
    let problem = #expect(throws: ValueProblem.self) {
      try AmountReader().read(cell, currency: usd)
    }
    #expect(problem?.problem == "could be thousands or decimals")
    #expect(problem?.remedy.contains("--decimal") == true)
  }

  @Test(arguments: [
    ("12.3456", "USD"), ("0.001", "USD"), ("12.5", "JPY"), ("1.2345", "BHD"), ("0,0001", "USD"),
  ])
  func `with more decimals than the currency are refused, never rounded`(
    cell: String, code: String
  ) throws {
    let currency = try #require(Currency(code: code))
    #expect(throws: ValueProblem.self) { try AmountReader().read(cell, currency: currency) }
  }

  @Test(arguments: [
    "", "abc", "1e5", "1E+05", "--5", "(-5)", "5-5", "1,23,456", "12,34.56.78", "1.2.3", "$", "-",
    "1,,234", "1 2", "0x10", "٣", "5%", "12.34.", "1.23,456.78", "9223372036854775807",
    "10000000000000.01",
  ])
  func `that are none are refused`(cell: String) {
    #expect(throws: ValueProblem.self) { try AmountReader().read(cell, currency: usd) }
  }

  @Test(arguments: [
    ("€5", "USD"), ("5 EUR", "USD"), ("$5", "EUR"), ("£5", "EUR"), ("¥5", "USD"),
  ])
  func `in another currency than the row's are refused`(cell: String, code: String) throws {
    let currency = try #require(Currency(code: code))
    let problem = #expect(throws: ValueProblem.self) {
      try AmountReader().read(cell, currency: currency)
    }
    #expect(problem?.problem.contains("another currency") == true)
  }

  @Test(
    arguments: [("¥500", "JPY", 500), ("1,234", "JPY", nil), ("1.250", "BHD", nil)]
      as [(String, String, Int64?)])
  func `follow the currency's decimals`(cell: String, code: String, units: Int64?) throws {
    let currency = try #require(Currency(code: code))
    let expected = units.map { Money(minorUnits: $0, currency: currency) }
    #expect((try? AmountReader().read(cell, currency: currency)) == expected)
  }

  private let usd: Currency

  init() throws { usd = try #require(Currency(code: "USD")) }

  private func money(_ cents: Int64) -> Money { Money(minorUnits: cents, currency: usd) }
}
