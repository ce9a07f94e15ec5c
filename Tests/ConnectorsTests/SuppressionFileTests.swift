import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import Testing

@testable import Connectors

/// A file's bytes, a few at a time.
struct ScriptedChunks: ByteChunks {
  private var bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func next() -> [UInt8] {
    let part = Array(bytes.prefix(7))
    bytes.removeFirst(part.count)
    return part
  }
}

@Suite struct SuppressionFileTests {
  private func open(_ text: String) throws -> SuppressionFile {
    SuppressionFile(
      try RecordFile(
        ScriptedChunks(text), columns: SuppressionFile.columns,
        oneOf: ["address", "address_digest"]),
      zone: try #require(TimeZone(identifier: "Europe/Berlin")), country: "DE")
  }

  private func read(_ text: String) throws -> (rows: [SuppressionRow], bad: [RowRejection]) {
    var file = try open(text)
    var (rows, bad): ([SuppressionRow], [RowRejection]) = ([], [])
    while let next = try file.next() {
      switch next {
      case .row(let row, _): rows.append(row)
      case .rejected(let rejection): bad.append(rejection)
      }
    }
    #expect(file.digest == .sha256(Array(text.utf8)))
    return (rows, bad)
  }

  @Test func `addresses, domains and numbers, with what they forbid and until when`() throws {
    let (rows, bad) = try read(
      """
      E-Mail;Channel;Scope;Kind;Until;Date;Colour
      Ann.Lee+news@Example.org;;marketing;unsubscribe;2027-01-31;2024-05-01T10:00:00Z;red
      example.net;email;;;;;

      0171 2345678;SMS;all;stop;2027-01-31T12:00:00Z;;
      +15551234567;;send_invoice_reminder;legal;;;
      """)
    #expect(bad.isEmpty, "\(bad)")
    #expect(
      rows.map(\.addressText) == [
        "Ann.Lee+news@example.org", "example.net", "+491712345678", "+15551234567",
      ])
    #expect(rows[0].address == .sha256(Array("ann.lee@example.org".utf8)))
    #expect(rows.map(\.scope.rawValue) == ["marketing", "all", "all", "send_invoice_reminder"])
    #expect(rows.map(\.reason) == [.unsubscribe, .manual, .stop, .legal])
    #expect(
      rows.map { $0.expiresAt?.rfc3339 }
        == ["2027-01-30T23:00:00.000Z", nil, "2027-01-31T12:00:00.000Z", nil])
    #expect(rows[0].evidence == "since 2024-05-01T10:00:00.000Z")
  }

  @Test func `a digest alone needs its channel, and beside an address it must be its own`() throws {
    let digest = Digest.sha256(Array("ann@example.org".utf8)).hex
    let (rows, bad) = try read(
      """
      address,address_digest,channel
      ,\(digest),email
      ,\(digest),
      ann@example.org,\(digest),email
      bob@example.org,\(digest),email
      ,abc,email
      """)
    #expect(rows.map(\.address.hex) == [digest, digest])
    #expect(rows.map(\.addressText) == [nil, "ann@example.org"])
    #expect(bad.map(\.line) == [3, 5, 6])
    #expect(bad.map(\.column) == ["channel", "address_digest", "address_digest"])
  }

  @Test(arguments: [
    ("ann@", "address"), ("not an address", "address"), ("+1555", "address"), (",", "address"),
    ("a@b.example,colour", "reason"), ("a@b.example,,soon", "expires_at"),
    ("a@b.example,,,never", "scope"), ("a@b.example,,,,sms", "address"),
    ("+15551234567,,,,email", "channel"), ("a@b.example,,,,pigeon", "channel"),
  ])
  func `each bad row is named with line, column and remedy, and no value`(
    _ row: String, _ column: String
  ) throws {
    let cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let padded = cells + Array(repeating: "", count: 5 - cells.count)
    let (rows, bad) = try read(
      "address,reason,expires_at,scope,channel\ngood@b.example,,,,\n"
        + padded.joined(separator: ",") + "\n")
    #expect(rows.count == 1)
    let rejection = try #require(bad.first)
    #expect(rejection.line == 3)
    #expect(rejection.column == column, "\(rejection)")
    #expect(!rejection.remedy.isEmpty)
    for cell in cells where cell.count > 4 { #expect(!"\(rejection)".contains(cell)) }
  }

  @Test func `objects of JSON, one a line or in an array`() throws {
    let lines = "{\"address\":\"a@b.example\",\"scope\":null}\n{\"email\":7}\n{\"address\":[]}\n"
    let (rows, bad) = try read(lines)
    #expect(rows.map(\.addressText) == ["a@b.example"])
    #expect(bad.map(\.line) == [2, 3])
    #expect(try read("[{\"address\":\"a@b.example\"}]").rows.count == 1)
  }

  @Test(arguments: [
    ("", "file.header"), ("colour\nred\n", "file.header"), ("address,email\n", "file.header"),
    ("address\n\"never closed", "file.syntax"), ("{\"address\":", "file.syntax"),
  ])
  func `what is no such file is refused`(_ text: String, _ code: String) {
    let error = #expect(throws: LedgerFileError.self) { try read(text) }
    #expect(error?.code == code)
  }

  @Test func `a line is written as it is read`() throws {
    let cells = ["a\"b", "x,y", "", "two\nlines", "plain"]
    var file = try RecordFile(
      ScriptedChunks(
        CSVText.line(["address", "scope", "source", "evidence", "reason"])
          + CSVText.line(cells)),
      columns: SuppressionFile.columns, oneOf: [])
    guard case .row(let row)? = try file.next() else {
      Issue.record("no row")
      return
    }
    #expect(
      ["address", "scope", "source", "evidence", "reason"].map { row[$0] ?? "" } == cells)
  }
}
