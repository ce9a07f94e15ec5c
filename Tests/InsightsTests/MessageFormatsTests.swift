import ActionProtocol
import Insights
import Testing

@Suite struct `Message formats` {
  @Test(
    arguments: [
      ("en_US", "USD", 500_000, "$5,000.00"), ("de_DE", "EUR", 500_000, "5.000,00 €"),
      ("en_US", "JPY", 1_234_567, "¥1,234,567"), ("en_US", "BHD", 1_234_567, "BHD 1,234.567"),
      ("en_US", "USD", -5, "-$0.05"), ("de_CH", "CHF", 99, "CHF 0.99"),
      ("fr_FR", "EUR", 123_456, "1 234,56 €"),
      ("en_US", "USD", 9_007_199_254_740_991, "$90,071,992,547,409.91"),
    ] as [(String, String, Int64, String)])
  func `amounts have their currency's decimals and their reader's signs`(
    locale: String, code: String, units: Int64, text: String
  ) {
    let money = Money(minorUnits: units, currency: Books.currency(code))
    #expect(MessageFormats(localeIdentifier: locale).amount(money) == text)
  }

  @Test(arguments: [
    ("en_US", "January 26, 2026", "Jan 26, 2026"), ("en_GB", "26 January 2026", "26 Jan 2026"),
    ("de_DE", "26. Januar 2026", "26. Jan. 2026"),
  ])
  func `dates are the reader's`(locale: String, long: String, short: String) {
    let formats = MessageFormats(localeIdentifier: locale)
    #expect(formats.longDate(Books.day("2026-01-26")) == long)
    #expect(formats.shortDate(Books.day("2026-01-26")) == short)
  }

  @Test(arguments: ["1900-03-01", "2024-02-29", "2026-12-31", "2100-01-01"])
  func `a date is never shifted by a zone`(iso: String) {
    let day = Books.day(iso)
    let text = MessageFormats(localeIdentifier: "en_GB").shortDate(day)
    #expect(text.hasPrefix("\(day.day) ") && text.hasSuffix(" \(day.year)"))
  }
}
