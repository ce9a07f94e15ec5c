import ActionProtocol
import Decisions
import Testing

@Suite struct HolidayFileTests {
  @Test func `a file adds and removes days`() throws {
    let file = HolidayFile(
      """
      # ours
      Date,Country,Name,Change\r
      2026-06-15,gb-sct,"World Cup, ""the"" holiday",add\r

      2026-10-12, US ,,remove
      2026-12-31,*,Stocktaking,
      """)
    #expect(file.rejections.isEmpty)
    #expect(
      file.changes == [
        HolidayChange(
          day: try day("2026-06-15"), country: "GB", region: "SCT",
          name: "World Cup, \"the\" holiday", isAdded: true),
        HolidayChange(
          day: try day("2026-10-12"), country: "US", region: nil, name: "", isAdded: false),
        HolidayChange(
          day: try day("2026-12-31"), country: nil, region: nil, name: "Stocktaking",
          isAdded: true),
      ])
  }

  @Test func `columns come in any order and two are enough to take days away`() {
    #expect(HolidayFile("change,country,date\nremove,US,2026-10-12").changes.count == 1)
    #expect(HolidayFile("name,country,date\nParty,US,2026-10-12").changes.count == 1)
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    let line: String
    let columns: [String]

    var testDescription: String { line }
  }

  @Test(arguments: [
    Bad(line: "2026-02-29,US,Day,add", columns: ["date"]),
    Bad(line: "1.2.2026,US,Day,add", columns: ["date"]),
    Bad(line: "2026-01-02,Germany,Day,add", columns: ["country"]),
    Bad(line: "2026-01-02,XX,Day,add", columns: ["country"]),
    Bad(line: "2026-01-02,DE-,Day,add", columns: ["country"]),
    Bad(line: "2026-01-02,US,,add", columns: ["name"]),
    Bad(line: "2026-01-02,US,Day,perhaps", columns: ["change"]),
    Bad(line: ",,,", columns: ["date", "country", "name"]),
    Bad(line: "2026-01-02,US,A, B,add", columns: [""]),
    Bad(line: "2026-01-02,US,\"Day,add", columns: [""]),
  ])
  func `each bad line names itself, its columns and what to do`(_ bad: Bad) {
    let file = HolidayFile(
      "date,country,name,change\n2026-01-02,US,Good,add\n\(bad.line)\n2026-01-03,US,Good,add")
    #expect(file.changes.count == 2)
    #expect(file.rejections.map(\.column) == bad.columns)
    for rejection in file.rejections {
      #expect(rejection.line == 3 && !rejection.problem.isEmpty && !rejection.remedy.isEmpty)
    }
  }

  @Test(arguments: [
    "day,country\n2026-01-02,US", "2026-01-02,US,Day,add", "date,country,date\n", "\"date,country",
  ])
  func `a file without its header is refused as a whole`(_ text: String) {
    let file = HolidayFile(text)
    #expect(file.changes.isEmpty)
    #expect(!file.rejections.isEmpty && file.rejections.allSatisfy { $0.line == 1 })
  }

  @Test func `an empty file changes nothing`() {
    #expect(HolidayFile("") == HolidayFile("date,country\n"))
  }
}
