import Testing

@testable import Odoo

/// The same harm on the other interface, which has neither an envelope nor call numbers to tell a wrong
/// answer by.
@Suite struct HostileJSON2Tests {
  @Test(arguments: OutcomeTests.cuts.indices)
  func `a write without a readable answer is unknown and made once`(index: Int) async throws {
    let step = OutcomeTests.cuts[index].0
    let server = OdooDouble { _, _ in step }
    let error = try await Fixture.run(server.start(), Fixture.key) { client in
      await #expect(throws: OdooError.self) {
        try await client.create("x.thing", ["name": .text("n")])
      }
    }
    let isThrottled = error?.kind == .throttled
    #expect(error?.retry == (isThrottled ? .later(after: nil) : .outcomeUnknown))
    #expect(server.received.count == (isThrottled ? 3 : 1))
  }

  @Test(arguments: OutcomeTests.cuts.indices)
  func `a read without a readable answer gives nothing and claims nothing`(index: Int) async throws
  {
    let step = OutcomeTests.cuts[index].0
    let server = OdooDouble { _, _ in step }
    let error = try await Fixture.run(server.start(), Fixture.key) { client in
      await #expect(throws: OdooError.self) {
        try await client.searchCount("x.thing", where: .all)
      }
    }
    #expect(error != nil)
    #expect(error?.retry != .outcomeUnknown)
  }

  @Test(arguments: ReadingTests.wrong)
  func `an answer with one wrong value gives no record at all`(rows: String) async throws {
    let server = OdooDouble { _, _ in .answer(200, rows) }
    let error = try await Fixture.run(server.start(), Fixture.key) { client in
      await #expect(throws: OdooError.self) {
        try await client.read("x.thing", ids: [1], fields: ["name"])
      }
    }
    #expect(error?.kind == .answerUnexpected)
  }

  @Test func `fifty megabytes are refused at the limit`() async throws {
    let chunk = "10000\r\n\(String(repeating: " ", count: 64 * 1024))\r\n"
    let flood =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
      + String(repeating: chunk, count: 800)
    let server = OdooDouble { _, _ in .raw(flood) }
    let error = try await Fixture.run(
      server.start(), Fixture.key, change: { $0.answerLimit = 1024 * 1024 }
    ) { client in
      await #expect(throws: OdooError.self) {
        try await client.searchRead(Search("x.thing", fields: ["name"]))
      }
    }
    #expect(error?.kind == .answerTooLarge)
  }

  @Test func `slow bytes end at the deadline, and a write is unknown then`() async throws {
    let server = OdooDouble { _, _ in
      .raw("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n[{\"id\":1,")
    }
    let (read, write) = try await Fixture.run(
      server.start(), Fixture.key,
      change: {
        $0.shortestWriteDeadline = .zero
        ($0.writeDeadline, $0.readDeadline, $0.attempts) = (.seconds(5), .seconds(5), 1)
      }
    ) { client in
      _ = try await client.fields(of: "x.thing")
      let read = await #expect(throws: OdooError.self) {
        try await client.searchRead(Search("x.thing", fields: ["name"]))
      }
      let write = await #expect(throws: OdooError.self) {
        try await client.create("x.thing", ["name": .text("n")])
      }
      return (read, write)
    }
    #expect(read?.kind == .deadline)
    #expect(write?.kind == .deadline)
    #expect(write?.retry == .outcomeUnknown)
  }
}
