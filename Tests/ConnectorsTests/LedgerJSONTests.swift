import ActionProtocol
import Engine
import Testing

@testable import Connectors

@Suite("JSON ledger files")
struct LedgerJSONTests {
  @Test(
    arguments: [
      "[{\"name\":\"A\"},{\"name\":\"B}]\"}]", "{\"name\":\"A\"}\n{\"name\":\"B}]\"}\n",
      " [ {\"name\" : \"A\"} ,\n {\"name\":\"B}]\"} ] \n", "{\"name\":\"A\"}{\"name\":\"B}]\"}",
    ], [1, 2, 7, 4096])
  func `arrays and lines give the same whatever the pieces`(text: String, size: Int) throws {
    let rows = try lines(of: text, .partners, size: size)
    #expect(rows.map { $0.partner?.name } == ["A", "B}]"])
  }

  @Test func `an empty array has no rows`() throws {
    #expect(try lines(of: "[]", .partners).isEmpty)
    #expect(try lines(of: " [ ] ", .partners).isEmpty)
  }

  @Test func `values are read exactly whether written as text or number`() throws {
    let text = """
      {"number":1001,"partner":"A","total":1234.56,"open":"34.56","due":null,"never_remind":true}
      {"number":"1002","partner":"A","total":7}
      {"number":"1003","partner":"A","total":0.1,"due":"2026-01-31"}
      """
    let rows = try lines(of: text, .invoices).map(\.invoice)
    #expect(rows.map { $0?.total.minorUnits } == [123_456, 700, 10])
    #expect(rows[0]?.number == "1001" && rows[0]?.open?.minorUnits == 3456)
    #expect(rows[0]?.neverRemind == true && rows[0]?.dueOn == nil)
    #expect(rows[2]?.dueOn?.iso == "2026-01-31")
  }

  @Test func `each object may leave fields out`() throws {
    let rows = try lines(
      of: "[{\"name\":\"A\",\"country\":\"DE\"},{\"name\":\"B\"},{\"email\":\"x@y.example\"}]",
      .partners)
    #expect(rows.map { $0.partner?.country } == ["DE", nil, nil])
    #expect(rows[2].problems == ["1 name: is not there"])
  }

  @Test func `a mapping counts where the object has the column`() throws {
    let options = ImportOptions(mapping: ["name": "Firma", "email": "Post"])
    let rows = try lines(
      of: "{\"Firma\":\"A\",\"Post\":\"a@b.example\"}\n{\"Firma\":\"B\"}", .partners, options)
    #expect(rows.map { $0.partner?.name } == ["A", "B"])
  }

  @Test func `a broken object spoils itself and not the next`() throws {
    let text =
      "{\"name\":\"A\",\"name\":\"B\"}\n{\"name\":1e999}\n{\"name\":[1]}\n{\"name\":\"C\"}\n"
    let rows = try lines(of: text, .partners)
    #expect(rows.map(\.line) == [1, 2, 3, 4])
    #expect(rows[0].problems.first?.contains("json.duplicate_key") == true)
    #expect(rows[2].problems == ["3 name: is no single value"])
    #expect(rows[3].partner?.name == "C")
  }

  @Test(arguments: [
    "[{\"name\":\"A\"} {\"name\":\"B\"}]", "[{\"name\":\"A\"}", "[{\"name\":\"A\"}] x", "[1]",
    "[[]]", "{\"name\":\"A\"", "{\"name\":\"A\"} 5", "[{\"name\":\"A\"},]",
  ])
  func `a file that is neither array nor lines is refused`(text: String) {
    let error = #expect(throws: LedgerFileError.self) { try lines(of: text, .partners) }
    #expect(error?.code == "file.syntax")
  }
}
