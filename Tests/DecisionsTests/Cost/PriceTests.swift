import Decisions
import Testing

@Suite struct PriceTests {
  @Test(arguments: [
    ("0", "0.00"), ("10", "10.00"), ("0.04", "0.04"), ("0.0051", "0.0051"), ("1.5", "1.50"),
    ("0.000001", "0.000001"), ("100000000", "100000000.00"), ("00.10", "0.10"),
  ])
  func `a decimal is read exactly`(_ text: String, _ shown: String) {
    #expect(Price(text)?.text == shown)
  }

  @Test(arguments: [
    "", ".", "1.", ".5", "-1", "+1", "1e3", "1,5", "0.0000001", "100000001", "100000000.1", " 1",
    "1.2.3", "٣", "1234567890123",
  ])
  func `anything else is no amount`(_ text: String) {
    #expect(Price(text) == nil)
  }

  @Test func `sums and products never overflow`() {
    let most = Price(micros: Int64.max)
    #expect(most + most == most)
    #expect(most * 2 == most)
    #expect(Price(micros: -1) == .zero)
    #expect(Price(micros: 5) * -3 == .zero)
  }

  @Test func `a tenth of a cent ten thousand times is ten dollars exactly`() throws {
    let price = try #require(Price("0.001"))
    #expect((price * 10_000).text == "10.00")
    let sum = (0..<10_000).reduce(Price.zero) { total, _ in total + price }
    #expect(sum.text == "10.00")
  }

  @Test func `a range is in order and reads as one amount where it is one`() throws {
    let (low, high) = (try #require(Price("0.02")), try #require(Price("0.1")))
    #expect(PriceRange(high, low).text == "0.02-0.10")
    #expect(PriceRange(low, low).text == "0.02")
  }
}
