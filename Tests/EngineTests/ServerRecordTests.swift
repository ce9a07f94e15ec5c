import Testing

@testable import Engine

/// When a server that took another's place is the same database, and when an earlier one.
@Suite struct ServerRecordTests {
  private static let record = ServerRecord("7711/5/books 3 confirmed")

  @Test(
    arguments: [
      // The same server, whatever it promises now.
      ("7711/5/books", 3, true, false, true, nil),
      ("7711/5/books", 3, false, true, false, nil),
      // A standby that had confirmed everything.
      ("7711/5/books", 4, true, false, true, nil),
      ("7711/5/books", 9, false, false, true, nil),
      // The same, where nobody here knows how far it was.
      ("7711/5/books", 4, true, false, false, "database_on_another_timeline"),
      // Recovered to an earlier moment, or gone back otherwise.
      ("7711/5/books", 4, true, true, true, "database_on_another_timeline"),
      ("7711/5/books", 2, true, false, true, "database_on_another_timeline"),
      // A dump elsewhere, a copy beside it, another schema.
      ("8822/5/books", 3, true, false, true, "database_on_another_server"),
      ("7711/6/books", 3, true, false, true, "database_on_another_server"),
      ("7711/5/other", 4, true, false, true, "database_on_another_server"),
    ] as [(String, Int64, Bool, Bool, Bool, String?)])
  func `a promotion that could lose nothing is no going back, everything else is`(
    _ database: String, _ timeline: Int64, _ isConfirmed: Bool, _ isRecovered: Bool,
    _ isRemembered: Bool, _ expected: String?
  ) throws {
    let server = ServerIdentity(
      database: database, timeline: timeline, isConfirmed: isConfirmed, isRecovered: isRecovered)
    let record = try #require(Self.record)
    #expect(record.finding(on: server, isRemembered: isRemembered)?.rawValue == expected)
  }

  @Test func `commits that nobody confirmed may be lacking on every other server`() throws {
    let record = try #require(ServerRecord("7711/5/books 3 unconfirmed"))
    let server = ServerIdentity(
      database: "7711/5/books", timeline: 4, isConfirmed: true, isRecovered: false)
    #expect(record.finding(on: server, isRemembered: true) == .otherTimeline)
  }

  @Test(arguments: ["7711/5/books 3 confirmed", "7711/5/books 12 unconfirmed"])
  func `what is recorded is read again`(_ text: String) {
    #expect(ServerRecord(text)?.text == text)
  }

  @Test(arguments: ["", "7711", "7711/5/books x confirmed"])
  func `what is no record is none`(_ text: String) {
    #expect(ServerRecord(text) == nil)
  }
}
