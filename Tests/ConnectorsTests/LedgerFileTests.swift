import ActionProtocol
import Engine
import Foundation
import Testing

@testable import Connectors

@Suite("Opening ledger files")
struct LedgerFileTests {
  @Test func `a file on disk is read to its end`() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("ledger-\(UUID().uuidString).csv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    // Longer than a piece of 64 kB, with a letter of two bytes on many borders.
    let body = (0..<9000).map { "Kä\($0),c\($0)@x.example\n" }.joined()
    try Data(("name,email\n" + body).utf8).write(to: URL(fileURLWithPath: path))
    var source = try LedgerFile.open(path: path, kind: .partners)
    var names: [String] = []
    while true {
      let some = try source.next(2000)
      if some.isEmpty { break }
      names += some.compactMap { $0.partner?.name }
    }
    #expect(names == (0..<9000).map { "Kä\($0)" })
    #expect(source.columnName(of: "email") == "email")
  }

  @Test func `a file that is not there and a directory are refused, each by its name`() {
    let cases = [
      ("does-not-exist.csv", "file.missing", "no file"),
      (FileManager.default.temporaryDirectory.path, "file.directory", "directory"),
    ]
    for (path, code, word) in cases {
      let error = #expect(throws: LedgerFileError.self) {
        try LedgerFile.open(path: path, kind: .partners)
      }
      #expect(error?.code == code)
      #expect(error?.problem.contains(word) == true)
    }
  }

  @Test func `an error's description names no value`() {
    let error = LedgerFileError("file.syntax", line: 3, "x@y.example", remedy: "x@y.example")
    #expect("\(error)" == "file.syntax at line 3")
  }

  @Test func `a ledger's rejection names the file's own column`() throws {
    let source = try LedgerFile.source(
      Pieces("Rechnung,Kunde,Betrag\n1,A,5\n".utf8, size: 9), kind: .invoices, options: .dollars)
    #expect(source.columnName(of: "partner") == "Kunde")
    #expect(source.columnName(of: "currency") == "currency")
  }
}
