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
    /// What every call is answered once ``answers`` are used up; nil: accepted.
    var standing: CallOutcome?
    var calls: [OutgoingMessage] = []
    var search: SearchAnswer = .found([:])
    var searches = 0
    var beforeSearch: (@Sendable () async -> Void)?
    var sentSMS: SentSMSAnswer = .found([])
    var suppressions: (any VendorSuppressions)?
    var senders: (any VendorSenders)?
    var replies: VendorAnswer<[SMSReply]> = .done([])
    var repliesAskedSince: [Instant] = []
    var beforeAnswer: (@Sendable (OutgoingMessage) async -> Void)?
  }

  private let state = Mutex(State())

  public init() {}

  /// The answers of the next calls, in order; afterwards every call is accepted.
  public func answer(with outcomes: CallOutcome...) {
    state.withLock { $0.answers += outcomes }
  }

  /// The answer of every call from now on that no other answer was scripted for; nil: accepted.
  public func answerAlways(with outcome: CallOutcome?) { state.withLock { $0.standing = outcome } }

  /// What a search at the provider finds from now on.
  public func find(_ answer: SearchAnswer) { state.withLock { $0.search = answer } }

  /// What the provider's report of sent SMS says from now on.
  public func report(_ answer: SentSMSAnswer) { state.withLock { $0.sentSMS = answer } }

  /// The provider's list of suppressions from now on; nil: it keeps none.
  public func list(_ suppressions: (any VendorSuppressions)?) {
    state.withLock { $0.suppressions = suppressions }
  }

  public var suppressions: (any VendorSuppressions)? { state.withLock { $0.suppressions } }

  /// The provider's lists of who may send from now on; nil: it keeps none.
  public func list(senders: (any VendorSenders)?) { state.withLock { $0.senders = senders } }

  public var senders: (any VendorSenders)? { state.withLock { $0.senders } }

  /// What came in by SMS, from now on.
  public func hear(_ replies: VendorAnswer<[SMSReply]>) { state.withLock { $0.replies = replies } }

  /// From when on each reading of what came in was asked for.
  public var repliesAskedSince: [Instant] { state.withLock { $0.repliesAskedSince } }

  /// Runs once, while the next call is under way: between the commit of its intent and its answer.
  /// Kept no longer, because what it holds usually holds the channel.
  public func duringCall(_ body: @escaping @Sendable (OutgoingMessage) async -> Void) {
    state.withLock { $0.beforeAnswer = body }
  }

  /// Runs while a search is under way.
  public func duringSearch(_ body: (@Sendable () async -> Void)?) {
    state.withLock { $0.beforeSearch = body }
  }

  /// How often the provider was asked what it accepted.
  public var searches: Int { state.withLock { $0.searches } }

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
        ? state.standing
          ?? .accepted(providerID: "provider-\(message.operation.rawValue)", warnings: [])
        : state.answers.removeFirst()
      defer { state.beforeAnswer = nil }
      return (next, state.beforeAnswer)
    }
    await hook?(message)
    return outcome
  }

  public func search(
    _ org: OrgID, channel: OutreachChannel, since: Instant
  ) async -> SearchAnswer {
    let hook = state.withLock { state in
      state.searches += 1
      return state.beforeSearch
    }
    await hook?()
    return state.withLock { $0.search }
  }

  public func replies(_ org: OrgID, since: Instant) async -> VendorAnswer<[SMSReply]> {
    state.withLock { state in
      state.repliesAskedSince.append(since)
      return state.replies
    }
  }

  public func sentSMS(_ org: OrgID, since: Instant) async -> SentSMSAnswer {
    state.withLock { $0.sentSMS }
  }
}
