import ActionProtocol
import Testing

@testable import Connectors

@Suite("Dates of ledger files")
struct LedgerDateTests {
  @Test(arguments: [
    ("2026-01-31", "2026-01-31"), ("2026/01/31", "2026-01-31"), ("20260131", "2026-01-31"),
    ("2026-1-3", "2026-01-03"), ("31.01.2026", "2026-01-31"), ("3.1.2026", "2026-01-03"),
    ("31/01/2026", "2026-01-31"), ("01/31/2026", "2026-01-31"), ("31-01-2026", "2026-01-31"),
    ("05/05/2026", "2026-05-05"), ("5 Jan 2026", "2026-01-05"), ("Jan 5, 2026", "2026-01-05"),
    ("05-Sept-2026", "2026-09-05"), ("12 december 2026", "2026-12-12"),
    ("2026-01-31T00:00:00", "2026-01-31"), ("2026-01-31 00:00:00.000", "2026-01-31"),
    ("2026-01-31 13:45", "2026-01-31"), ("2026-01-31T00:00:00Z", "2026-01-31"),
    ("1/31/2026 12:00:00 AM", "2026-01-31"), (" 2026-01-31 ", "2026-01-31"),
    ("2024-02-29", "2024-02-29"),
  ])
  func `that mean one day are read`(cell: String, day: String) throws {
    #expect(try DateReader().read(cell).iso == day)
  }

  @Test(arguments: ["01/02/2026", "1-2-2026", "12/11/2026", "1 2 2026"])
  func `that could be two days are refused with the way out`(cell: String) {
    let problem = #expect(throws: ValueProblem.self) { try DateReader().read(cell) }
    #expect(problem?.problem == "could be two different days")
    #expect(problem?.remedy.contains("--date-format") == true)
  }

  @Test(
    arguments: [
      ("01/02/2026", DateFormat.dayMonthYear, "2026-02-01"),
      ("01/02/2026", .monthDayYear, "2026-01-02"), ("01.02.26", .dayMonthYear, "2026-02-01"),
      ("1/2/26", .monthDayYear, "2026-01-02"), ("31012026", .dayMonthYear, "2026-01-31"),
      ("2026-02-01", .monthDayYear, "2026-02-01"), ("2026-02-01", .iso, "2026-02-01"),
      ("13/01/2026", .monthDayYear, nil), ("01/13/2026", .dayMonthYear, nil),
      ("01/02/2026", .iso, nil),
    ] as [(String, DateFormat, String?)])
  func `follow the format that was said`(cell: String, format: DateFormat, day: String?) {
    #expect((try? DateReader(format: format).read(cell))?.iso == day)
  }

  @Test(arguments: [
    "", "today", "2026-02-30", "2026-13-01", "31/31/2026", "01/02/26", "2026", "2026-01",
    "1 Foo 2026", "Ja 5 2026", "0000-01-01", "1899-12-31", "2201-01-01", "2026-01-31T10:00:00Z",
    "2026-01-31T01:00:00+02:00", "12:30", "45321", "99/99/9999", "1/1/20266", "2026-01-31 noon:1",
  ])
  func `that are none are refused`(cell: String) {
    #expect(throws: ValueProblem.self) { try DateReader().read(cell) }
  }

  @Test(
    arguments: [
      ("iso", DateFormat.iso), ("yyyy-mm-dd", .iso), ("YYYY/MM/DD", .iso),
      ("dd.mm.yyyy", .dayMonthYear), ("dd-mm-yy", .dayMonthYear), ("d/m/yyyy", .dayMonthYear),
      ("mm/dd/yyyy", .monthDayYear), ("yyyy-dd-mm", nil), ("", nil), ("dmyy", nil),
    ] as [(String, DateFormat?)])
  func `have formats by pattern`(pattern: String, format: DateFormat?) {
    #expect(DateFormat(pattern: pattern) == format)
  }
}
