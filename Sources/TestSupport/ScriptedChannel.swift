import ActionProtocol
import Decisions
import Engine
import Synchronization

/// A way out that answers as a test scripted it and remembers every call.
///
/// A call nobody expected is answered `accepted` and counted like the others: the test looks at
/// ``calls`` and fails there.
public final class ScriptedChannel: MessageChannel, ChannelDirectory {
  private struct State {
    var answers: [CallOutcome] = []
    var calls: [OutgoingMessage] = []
    var search: SearchAnswer = .found([:])
    var beforeAnswer: (@Sendable (OutgoingMessage) async -> Void)?
  }

  private let state = Mutex(State())

  public init() {}

  /// The answers of the next calls, in order; afterwards every call is accepted.
  public func answer(with outcomes: CallOutcome...) {
    state.withLock { $0.answers += outcomes }
  }

  /// What a search at the provider finds from now on.
  public func find(_ answer: SearchAnswer) { state.withLock { $0.search = answer } }

  /// Runs while a call is under way: between the commit of its intent and its answer.
  public func duringCall(_ body: @escaping @Sendable (OutgoingMessage) async -> Void) {
    state.withLock { $0.beforeAnswer = body }
  }

  public var calls: [OutgoingMessage] { state.withLock { $0.calls } }

  public func channel(for organisation: Organisation) -> Result<any MessageChannel, ChannelRefusal>
  {
    .success(self)
  }

  public func send(_ message: OutgoingMessage) async -> CallOutcome {
    let (outcome, hook) = state.withLock { state in
      state.calls.append(message)
      let next =
        state.answers.isEmpty
        ? CallOutcome.accepted(
          providerID: "provider-\(message.operation.rawValue)", warnings: [])
        : state.answers.removeFirst()
      return (next, state.beforeAnswer)
    }
    await hook?(message)
    return outcome
  }

  public func search(
    _ org: OrgID, channel: OutreachChannel, since: Instant
  ) async -> SearchAnswer {
    state.withLock { $0.search }
  }
}
