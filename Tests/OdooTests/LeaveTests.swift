import Synchronization
import Testing

@testable import Odoo

/// Writes that leave only with leave.
@Suite struct LeaveTests {
  private final class Log: Sendable {
    let events = Mutex<[String]>([])
    private let departure = AsyncStream<Void>.makeStream()

    func note(_ event: String) {
      events.withLock { $0.append(event) }
      if event == "left" { departure.continuation.finish() }
    }

    /// Returns once the first byte of a write is out.
    func untilLeft() async { for await _ in departure.stream {} }
    var all: [String] { events.withLock { $0 } }
  }

  private static func leave(
    _ log: Log, first: Bool = true, further: Bool = true
  ) -> CallLeave {
    CallLeave(
      isAllowed: {
        log.note("first")
        return first
      },
      mayGoOn: {
        log.note("further")
        return further
      }, left: { log.note("left") })
  }

  @Test func `a write that gets no leave never arrives, and is not tried again`() async throws {
    let server = OdooDouble { call, _ in call.result(call.method == "search_read" ? "[]" : "true") }
    let log = Log()
    let error = try await Fixture.run(server.start()) { client in
      let client = client.leaving(by: Self.leave(log, first: false))
      _ = try await client.searchRead(Search("x.thing", fields: [], limit: 1)).count
      return await #expect(throws: OdooError.self) {
        try await client.write("x.thing", ids: [1], ["name": .text("x")])
      }
    }
    #expect(error?.kind == .notSent)
    #expect(error?.retry == .never)
    #expect(log.all == ["first"])
    #expect(server.received.map(\.method) == ["search_read"])
  }

  @Test func `its first byte is told while the answer is still awaited`() async throws {
    let server = OdooDouble { _, _ in .hang }
    let log = Log()
    let call = try await Fixture.run(server.start()) { client in
      let leaving = client.leaving(by: Self.leave(log))
      let call = Task {
        await #expect(throws: OdooError.self) {
          try await leaving.write("x.thing", ids: [1], ["name": .text("x")])
        }
      }
      await log.untilLeft()
      #expect(log.all == ["first", "left"])
      return call
    }
    // The client was closed meanwhile.
    #expect(await call.value?.retry == .outcomeUnknown)
  }

  @Test func `a repetition after a conflict asks once more`() async throws {
    for mayGoOn in [true, false] {
      let server = OdooDouble { call, before in
        before == 0
          ? call.error("psycopg2.errors.SerializationFailure", "x") : call.result("true")
      }
      let log = Log()
      try await Fixture.run(server.start()) { client in
        let leave = Self.leave(log, further: mayGoOn)
        let client = client.leaving(by: leave)
        do throws(OdooError) {
          try await client.write("x.thing", ids: [1], ["name": .text("x")])
          #expect(mayGoOn)
        } catch {
          #expect(!mayGoOn)
          #expect(error.kind == .notSent)
        }
        #expect(leave.isRefused == !mayGoOn)
      }
      #expect(server.received.count == (mayGoOn ? 2 : 1))
      #expect(log.all == ["first", "left", "further"] + (mayGoOn ? ["left"] : []))
    }
  }
}
