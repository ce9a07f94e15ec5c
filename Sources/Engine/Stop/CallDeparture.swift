import ActionProtocol
import Decisions
import Synchronization

/// The way of one call past the gate of its process: lease and stops are looked at once more, right
/// before the first byte.
final class CallDeparture: Sendable {
  private let process: ProcessLife
  private let call: CallGate.Call
  /// Why it was held back.
  private let refusal = Mutex<String?>(nil)

  init(_ process: ProcessLife, _ intent: AttemptIntent) {
    self.process = process
    call = CallGate.Call(intent)
  }

  /// Of a call that belongs to no attempt; it counts only inside ``whileCounted(_:)``.
  init(_ process: ProcessLife, _ org: OrgID, _ operation: OperationID) {
    self.process = process
    call = CallGate.Call(org: org, operation: operation)
  }

  /// Makes a call that belongs to no attempt one that a stop waits for.
  func whileCounted<Value: Sendable>(_ body: () async -> Value) async -> Value {
    process.gate.begin([call])
    defer { process.gate.end([call]) }
    return await body()
  }

  /// For ways out that ask at the last moment.
  var leave: Departure {
    Departure(
      isAllowed: { self.begin() }, left: { self.process.gate.left(self.call) },
      mayGoOn: { self.pass { self.process.gate.departAgain(self.call) } })
  }

  /// Whether the call is known to be held back already, so that nothing has to be prepared for it.
  var isHopeless: Bool { process.gate.board.covers(call.org) }

  /// Lets the call go, or says that it must not. Once refused, always refused.
  func begin() -> Bool { pass { process.gate.depart(call) } }

  private func pass(_ gate: () -> Bool) -> Bool {
    refusal.withLock { refusal in
      guard refusal == nil else { return false }
      if !process.mayCall {
        refusal = Settlement.leaseOver
      } else if !gate() {
        refusal = Settlement.stopped
      }
      return refusal == nil
    }
  }

  /// What came of the call, with our own reason where we held it back.
  func explained(_ outcome: CallOutcome) -> CallOutcome {
    guard case .notSent = outcome, let code = refusal.withLock({ $0 }) else { return outcome }
    return .notSent(code: code)
  }
}
