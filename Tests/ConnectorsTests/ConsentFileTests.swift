import ActionProtocol
import Decisions
import Engine
import Foundation
import Testing

@testable import Connectors

@Suite struct ConsentFileTests {
  private func read(
    _ text: String, basis: ConsentBasis? = nil
  ) throws -> (rows: [ConsentRow], bad: [RowRejection]) {
    var file = ConsentFile(
      try RecordFile(
        ScriptedChunks(text), columns: ConsentFile.columns, oneOf: ["address", "address_digest"]),
      zone: try #require(TimeZone(identifier: "Europe/Berlin")), country: "DE", basis: basis,
      now: try #require(Instant(rfc3339: "2026-03-10T12:00:00Z")))
    var (rows, bad): ([ConsentRow], [RowRejection]) = ([], [])
    while let next = try file.next() {
      switch next {
      case .row(let row, _): rows.append(row)
      case .rejected(let rejection): bad.append(rejection)
      }
    }
    return (rows, bad)
  }

  @Test func `a form's list is read as it is`() throws {
    let (rows, bad) = try read(
      """
      email,basis,scope,date,until,proof
      Ann@Example.org,express,marketing,2026-03-09,,form:1
      +4915112345678,Implied,,2026-03-09T10:00:00Z,2027-03-09,
      bob@example.org,contract,send_deal_check_in,2020-01-01,,order 7
      """)
    #expect(bad.isEmpty, "\(bad)")
    #expect(rows.map(\.channel) == [.email, .sms, .email])
    #expect(rows.map(\.basis) == [.express, .implied, .contract])
    #expect(rows.map(\.scope) == [.marketing, .all, .purpose("send_deal_check_in")])
    #expect(rows[0].address == .sha256(Array("ann@example.org".utf8)))
    #expect(rows[0].obtainedAt.rfc3339 == "2026-03-08T23:00:00.000Z")
    #expect(rows.map { $0.expiresAt?.rfc3339 } == [nil, "2027-03-08T23:00:00.000Z", nil])
    #expect(rows.map(\.evidence) == ["form:1", nil, "order 7"])
  }

  @Test func `a basis for all of them stands in for the column`() throws {
    let (rows, bad) = try read("email,date\na@b.example,2026-01-01\n", basis: .express)
    #expect(bad.isEmpty)
    #expect(rows.map(\.basis) == [.express])
  }

  @Test(arguments: [
    (",express,,2026-01-01,", "address"), ("b.example,express,,2026-01-01,", "address"),
    ("a@b.example,,,2026-01-01,", "basis"), ("a@b.example,maybe,,2026-01-01,", "basis"),
    ("a@b.example,express,some,2026-01-01,", "scope"),
    ("a@b.example,express,,,", "obtained_at"), ("a@b.example,express,,soon,", "obtained_at"),
    ("a@b.example,express,,2026-03-11,", "obtained_at"),
    ("a@b.example,express,,2026-01-02,2026-01-01", "expires_at"),
  ])
  func `each bad row is named`(_ row: String, _ column: String) throws {
    let (rows, bad) = try read("address,basis,scope,obtained_at,expires_at\n\(row)\n")
    #expect(rows.isEmpty)
    #expect(bad.map(\.column) == [column])
    #expect(bad.map(\.line) == [2])
    #expect(bad.allSatisfy { !$0.remedy.isEmpty })
  }
}
