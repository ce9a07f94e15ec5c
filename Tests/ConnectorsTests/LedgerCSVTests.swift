import Testing

@testable import Connectors

@Suite("CSV records")
struct LedgerCSVTests {
  static let table: [(name: String, text: String, records: [[String]])] = [
    ("plain", "a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
    ("no last line break", "a,b\nc,d", [["a", "b"], ["c", "d"]]),
    ("CRLF", "a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
    ("CR alone", "a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
    ("empty fields", ",\n,,\n", [["", ""], ["", "", ""]]),
    ("empty lines", "a\n\n\r\n\nb\n", [["a"], ["b"]]),
    ("delimiter in quotes", "\"a,b\",c\n", [["a,b", "c"]]),
    ("line break in quotes", "\"a\r\nb\",c\n", [["a\r\nb", "c"]]),
    ("doubled quotes", "\"a \"\"b\"\" c\"\n", [["a \"b\" c"]]),
    ("only quotes", "\"\"\"\"\n", [["\""]]),
    ("empty quotes are a field", "\"\"\n", [[""]]),
    ("spaces stay", " a , b \n", [[" a ", " b "]]),
    ("many bytes a letter", "é,日本,𝄞\n", [["é", "日本", "𝄞"]]),
  ]

  @Test(arguments: table, [1, 2, 3, 5, 64])
  func `reads the same whatever the pieces`(
    row: (name: String, text: String, records: [[String]]), size: Int
  ) throws {
    #expect(try read(row.text, size: size).map(\.fields) == row.records, "\(row.name)")
  }

  @Test(arguments: [
    ("a\"b,c\n", "has a quote inside a field that does not begin with one"),
    ("\"a\"b,c\n", "has text after a closing quote"),
    ("\"a\" ,c\n", "has text after a closing quote"),
  ])
  func `broken quotes spoil one record and not the next`(text: String, problem: String) throws {
    let records = try read(text + "d,e\n", size: 3)
    #expect(records.map(\.problem) == [problem, nil])
    #expect(records.last?.fields == ["d", "e"])
  }

  @Test func `a record knows the line it begins on`() throws {
    let records = try read("a\n\"b\nb\"\n\nc\r\nd\r\r\ne", size: 4)
    #expect(records.map(\.line) == [1, 2, 5, 6, 8])
  }

  @Test func `a quote that is never closed is named by the line it opens on`() {
    let error = #expect(throws: LedgerFileError.self) { try read("a\nb,\"c\nd\ne", size: 3) }
    #expect(error?.code == "file.syntax")
    #expect(error?.line == 2)
  }

  @Test func `a zero byte is refused`() {
    let error = #expect(throws: LedgerFileError.self) { try read("a\nb\u{0}\n", size: 3) }
    #expect(error?.code == "file.encoding")
    #expect(error?.line == 2)
  }

  @Test func `a field longer than a mebibyte is refused`() {
    let long = String(repeating: "x", count: CSVRecords.fieldLimit + 1)
    let error = #expect(throws: LedgerFileError.self) { try read(long, size: 65_536) }
    #expect(error?.code == "file.syntax")
  }

  @Test(arguments: [
    ("a,b,c\n1;2,3,4\n", ","), ("a;b;c\n1,5;2;3\n", ";"), ("a\tb\n", "\t"), ("alone\n", ","),
    ("\"a,b,c,d\";e\n", ";"),
  ])
  func `the delimiter is the most frequent one of the first line outside quotes`(
    text: String, delimiter: String
  ) {
    #expect(CSVRecords.delimiter(in: ArraySlice(text.utf8)) == delimiter.utf8.first)
  }

  private func read(_ text: String, size: Int) throws -> [CSVRecord] {
    var records = CSVRecords(
      ByteCursor(Pieces(text.utf8, size: size)), delimiter: UInt8(ascii: ","), encoding: .utf8)
    var all: [CSVRecord] = []
    while let record = try records.next() { all.append(record) }
    return all
  }
}
