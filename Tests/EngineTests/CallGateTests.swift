import ActionProtocol
import Decisions
import Testing

@testable import Engine

/// One call that makes several requests, such as a change in Odoo with its note.
@Suite struct CallGateTests {
  private static func call() throws -> CallGate.Call {
    let id = try #require(ActionID(rawValue: "action-of-a-test-1"))
    return CallGate.Call(
      org: try #require(OrgID(rawValue: "acme")),
      operation: OperationID(action: id, revision: 1, call: 1))
  }

  @Test func `a request whose first byte is out keeps no stop waiting`() throws {
    let (gate, call) = (CallGate(), try Self.call())
    gate.begin([call])
    #expect(gate.depart(call))
    gate.observe(StopBoard(number: 1, scopes: [.everything]))
    #expect(!gate.isQuiet)
    gate.left(call)
    #expect(gate.isQuiet)
    #expect(gate.inFlight == [call.operation])
  }

  @Test func `after a stop no further request of the same call leaves`() throws {
    let (gate, call) = (CallGate(), try Self.call())
    gate.begin([call])
    #expect(gate.depart(call))
    gate.left(call)
    #expect(!gate.depart(call))
    #expect(gate.departAgain(call))
    // On its way out again, so that a stop waits for it.
    gate.observe(StopBoard(number: 1, scopes: [.everything]))
    #expect(!gate.isQuiet)
    gate.left(call)
    #expect(!gate.departAgain(call))
    #expect(gate.isQuiet)
    gate.end([call])
    #expect(!gate.departAgain(call))
  }
}
