import ActionProtocol
import Decisions
import Engine
import Foundation
import Testing

@testable import Connectors

@Suite struct OutreachFileTests {
  private func read(
    _ text: String, now: String = "2026-03-10T12:00:00Z"
  ) throws -> (rows: [OutreachRow], bad: [RowRejection]) {
    var file = OutreachFile(
      try RecordFile(ScriptedChunks(text), columns: OutreachFile.columns, oneOf: ["at"]),
      zone: try #require(TimeZone(identifier: "Europe/Berlin")), country: "DE",
      now: try #require(Instant(rfc3339: now)))
    var (rows, bad): ([OutreachRow], [RowRejection]) = ([], [])
    while let next = try file.next() {
      switch next {
      case .row(let row, _): rows.append(row)
      case .rejected(let rejection): bad.append(rejection)
      }
    }
    return (rows, bad)
  }

  @Test func `an address, a customer, or both, and what it was about`() throws {
    let (rows, bad) = try read(
      """
      when,channel,to,partner,purpose,record
      2026-03-10T09:00:00+01:00,,Ann+x@Example.org,,,
      2026-03-09,sms,,7,,
      2026-03-10,email,,7,invoice_reminder,INV-1
      2026-03-08T00:00:00Z,sms,0171 2345678,8,invoice,
      """)
    #expect(bad.isEmpty, "\(bad)")
    #expect(rows.map(\.channel) == [.email, .sms, .email, .sms])
    #expect(rows[0].address == .sha256(Array("ann@example.org".utf8)))
    #expect(rows[0].domain == .sha256(Array("example.org".utf8)))
    // Of a day its last moment, and never one to come.
    #expect(
      rows.map(\.at.rfc3339) == [
        "2026-03-10T08:00:00.000Z", "2026-03-09T22:59:59.999Z", "2026-03-10T12:00:00.000Z",
        "2026-03-08T00:00:00.000Z",
      ])
    #expect(rows.map(\.context) == [nil, nil, "invoice_reminder:INV-1", "invoice"])
    #expect(rows.map(\.partner?.rawValue) == [nil, 7, 7, 8])
  }

  @Test(arguments: [
    (",email,a@b.example,,", "at"), ("soon,email,a@b.example,,", "at"),
    ("2027-01-01,email,a@b.example,,", "at"), ("2010-01-01,email,a@b.example,,", "at"),
    ("2026-03-01,email,,,", "address"), ("2026-03-01,,,7,", "channel"),
    ("2026-03-01,email,b.example,,", "address"), ("2026-03-01,email,,0,", "partner"),
    ("2026-03-01,email,,seven,", "partner"), ("2026-03-01,email,a@b.example,,invoice", "purpose"),
    ("2026-03-01,email,,7,two words", "purpose"), ("2026-03-01,fax,,7,", "channel"),
  ])
  func `each bad row is named`(_ row: String, _ column: String) throws {
    let (rows, bad) = try read("at,channel,address,partner,purpose\n\(row)\n")
    #expect(rows.isEmpty)
    #expect(bad.map(\.line) == [2])
    #expect(bad.first?.column == column, "\(bad)")
  }
}
