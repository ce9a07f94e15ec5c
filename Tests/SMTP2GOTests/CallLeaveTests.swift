import Foundation
import Synchronization
import Testing

@testable import SMTP2GO

@Suite struct CallLeaveTests {
  /// Counts how often leave was asked for and a departure told.
  private final class Watch: Sendable {
    private let state = Mutex((asked: 0, left: 0))

    var asked: Int { state.withLock { $0.asked } }
    var left: Int { state.withLock { $0.left } }

    func leave(_ isAllowed: Bool) -> CallLeave {
      CallLeave(
        isAllowed: {
          self.state.withLock { $0.asked += 1 }
          return isAllowed
        }, left: { self.state.withLock { $0.left += 1 } })
    }
  }

  @Test func `refused, no byte leaves, and the outcome is not sent`() async throws {
    let server = try await LoopbackServer { _ in .answer(200, Fixture.accepted) }
    let watch = Watch()
    let (email, text) = try await Fixture.run(server) { client in
      (
        await client.send(try Fixture.email(), leave: watch.leave(false)).outcome,
        await client.send(try Fixture.sms(), leave: watch.leave(false)).outcome
      )
    }
    guard case .notSent = email, case .notSent = text else {
      Issue.record("\(email) \(text)")
      return
    }
    #expect(server.requests.isEmpty)
    #expect(server.bytes == 0)
    #expect(watch.asked == 2 && watch.left == 0)
  }

  @Test func `given, it is asked for once and told once, and the next call needs none`()
    async throws
  {
    let server = try await LoopbackServer { _ in .answer(200, Fixture.accepted) }
    let watch = Watch()
    let outcomes = try await Fixture.run(server) { client in
      [
        await client.send(try Fixture.email(), leave: watch.leave(true)).outcome,
        await client.send(try Fixture.email()).outcome,
      ]
    }
    #expect(
      outcomes.allSatisfy { outcome in
        if case .accepted = outcome { true } else { false }
      })
    #expect(server.requests.count == 2)
    #expect(watch.asked == 1 && watch.left == 1)
  }

  @Test func `without a connection nobody is asked`() async throws {
    let port = try await LoopbackServer.freePort()
    let client = try Fixture.client("http://127.0.0.1:\(port)/v3")
    let watch = Watch()
    let outcome = await client.send(try Fixture.email(), leave: watch.leave(true)).outcome
    try await client.shutdown()
    guard case .notSent = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(watch.asked == 0 && watch.left == 0)
  }
}
