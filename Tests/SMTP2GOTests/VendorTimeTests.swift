import Foundation
import Testing

@testable import SMTP2GO

@Suite struct VendorTimeTests {
  @Test(
    arguments: [
      ("2026-02-07T18:05:02Z", 1_770_487_502),
      ("2026-02-07T18:05:02.199324+00:00", 1_770_487_502.199324),
      ("2026-02-07 18:05:02", 1_770_487_502), ("2026-02-07T18:05:02", 1_770_487_502),
      ("2022-11-01 00:00:00+00:00", 1_667_260_800), ("2026-05-19 13:15:00 +1200", 1_779_153_300),
      ("2026-02-07", 1_770_422_400), ("2026-02-07T18:05:02-05:30", 1_770_507_302),
      ("Sat, 07 Feb 2026 18:05:02 GMT", 1_770_487_502),
      ("07 Feb 2026 18:05:02 +0200", 1_770_480_302), ("2025-06-08T19:05:25.830Z", 1_749_409_525.83),
      ("2016-08-04 01:49:15.863998", 1_470_275_355.863998), ("1969-12-31T23:59:59Z", -1),
      ("2024-02-29", 1_709_164_800),
    ] as [(String, Double)])
  func `every form of the provider is read`(text: String, seconds: Double) throws {
    let date = try #require(VendorTime(text).date)
    #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_01)
    #expect(VendorTime(text).text == text)
  }

  @Test(arguments: [
    "", "now", "2026-13-01", "2026-02-07T", "2026-02-07T18:05:02 CEST", "1770487502",
  ])
  func `what is no time is kept as a text`(text: String) {
    #expect(VendorTime(text).date == nil)
    #expect("\(VendorTime(text))" == "unreadable")
  }

  @Test func `times are written as the contract asks`() {
    let date = Date(timeIntervalSince1970: 1_779_153_300)
    #expect(VendorTime.schedule(date) == "2026-05-19 01:15:00 +0000")
    #expect(VendorTime.day(date) == "2026-05-19")
    #expect(VendorTime(date).text == "2026-05-19T01:15:00.000Z")
  }
}
