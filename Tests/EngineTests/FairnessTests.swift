import ActionProtocol
import Addressing
import Decisions
import Engine
import Insights
import Synchronization
import TestSupport
import Testing

/// A way out that lets calls hang until it is told: those of some orgs, or on some channels.
final class HangingChannel: MessageChannel, ChannelDirectory {
  private let hangs: @Sendable (OutgoingMessage) -> Bool
  private let answer: @Sendable (OutgoingMessage) -> CallOutcome?
  let released = Latch()
  private let state = Mutex<[OperationID]>([])
  private let inside = Mutex((now: 0, most: 0))

  init(
    answering answer: @escaping @Sendable (OutgoingMessage) -> CallOutcome? = { _ in nil },
    hanging hangs: @escaping @Sendable (OutgoingMessage) -> Bool = { _ in false }
  ) {
    self.hangs = hangs
    self.answer = answer
  }

  /// Every call, in the order they began.
  var calls: [OperationID] { state.withLock { $0 } }
  /// The most calls at once.
  var most: Int { inside.withLock { $0.most } }

  func channel(for organisation: Organisation) -> Result<any MessageChannel, ChannelRefusal> {
    .success(self)
  }

  func send(_ message: OutgoingMessage) async -> CallOutcome {
    state.withLock { $0.append(message.operation) }
    inside.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
    defer { inside.withLock { $0.now -= 1 } }
    if hangs(message) { await released.wait() } else { await Task.yield() }
    return answer(message)
      ?? .accepted(providerID: "provider-\(message.operation.rawValue)", warnings: [])
  }

  func search(_ org: OrgID, channel: OutreachChannel, since: Instant) async -> SearchAnswer {
    .found([:])
  }
}

extension EngineHouse {
  /// A further org in the house, open around the clock.
  func further(_ name: String, key: String = "env:SMTP2GO_API_KEY") async throws -> OrgID {
    let organisation = Organisation(
      profile: .sample(name, window: CompanyProfile.aroundTheClock), mode: .sandbox,
      sender: try Mailbox("Further <billing@further.example>"), smtp2goKey: key, undoSeconds: 0,
      createdAt: clock.now)
    try await store.write { try $0.save(organisation) }
    return organisation.id
  }

  func count(_ status: ActionStatus, of org: OrgID) async throws -> Int {
    try await store.read { try $0.actionCounts(org)[status] ?? 0 }
  }

  /// The house's context with another way out and so many calls of an org at once.
  func context(_ channel: any ChannelDirectory, calls: Int = 32) -> EngineContext {
    var context = context
    context.channels = channel
    context.configuration.concurrentCalls = calls
    return context
  }
}

@Suite struct FairnessTests {
  @Test func `an org's single message goes out with the first batch beside another's many`()
    async throws
  {
    let house = try await EngineHouse.bare()
    let small = try await house.further("small")
    _ = try await house.approvedMessages(1...60)
    let one = try #require(try await house.approvedMessages(100...100, of: small).first)
    let channel = HangingChannel()
    let context = house.context(channel, calls: 8)
    let process = ProcessLife(context)
    try await process.begin()
    try await Pipeline(context, process: process).drain(org: nil)
    try await process.end()
    #expect(channel.calls.count == 61)
    let place = try #require(channel.calls.firstIndex { $0.action == one })
    #expect(place < 4, "behind the first batch of four")
  }

  @Test func `what is critical goes before what has waited longer`() async throws {
    let house = try await EngineHouse.bare()
    let ids = try await house.approvedMessages(1...6)
    let org = house.org
    _ = try await house.store.write { try $0.prioritize(org, ids[5], .critical) }
    let channel = HangingChannel()
    let context = house.context(channel, calls: 2)
    let process = ProcessLife(context)
    try await process.begin()
    try await Pipeline(context, process: process).drain(org: nil)
    try await process.end()
    #expect(channel.calls.first?.action == ids[5])
    #expect(channel.calls.count == 6)
  }

  @Test func `an org whose calls hang holds its own places, and another goes on`()
    async throws
  {
    let house = try await EngineHouse.bare()
    let other = try await house.further("other")
    let stuck = Set(try await house.approvedMessages(1...9))
    let channel = HangingChannel(hanging: { stuck.contains($0.operation.action) })
    let context = house.context(channel, calls: 4)
    let process = ProcessLife(context)
    try await process.begin()
    let due = ArrivalSignal()
    async let drained: Duration? = Pipeline(context, process: process)
      .drain(org: nil, due: due, poll: .seconds(3600))
    try await until { channel.calls.count == 4 }
    #expect(try await house.count(.approved) == 5)
    // Approved while the first org's calls hang: claimed when it is heard of, not when one of them
    // ends.
    let ids = Set(try await house.approvedMessages(100...105, of: other))
    try await until {
      due.raise()
      return ids.isSubset(of: channel.calls.map(\.action))
    }
    try await until { try await house.count(.completed, of: other) == 6 }
    #expect(channel.calls.count { stuck.contains($0.action) } == 4)
    channel.released.open()
    _ = try await drained
    try await process.end()
    #expect(try await house.count(.completed) == 9)
    #expect(channel.calls.count == 15)
  }

  /// It may have come during the run's last look: without it, what is due would wait for the next poll.
  @Test func `a signal that a run took for itself is left to whoever waits next`() async throws {
    let house = try await EngineHouse.bare()
    _ = try await house.approvedMessages(1...1)
    let channel = HangingChannel()
    let context = house.context(channel, calls: 4)
    let process = ProcessLife(context)
    try await process.begin()
    let due = ArrivalSignal()
    due.raise()
    try await Pipeline(context, process: process)
      .drain(org: nil, due: due, poll: .seconds(3600))
    try await process.end()
    #expect(channel.calls.count == 1)
    let heard = Latch()
    let waiting = Task {
      await due.wait()
      heard.open()
    }
    try await until { heard.isOpen }
    await waiting.value
  }

  @Test func `while e-mail hangs, the same org's SMS go out and its records are changed`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let email = try await house.propose()
    try await house.approve(email)
    let channel = HangingChannel(hanging: { message in
      if case .email = message.content { true } else { false }
    })
    let context = house.context(channel, calls: 1)
    let process = ProcessLife(context)
    try await process.begin()
    let due = ArrivalSignal()
    async let drained: Duration? = Pipeline(context, process: process)
      .drain(org: nil, due: due, poll: .seconds(3600))
    try await until { channel.calls.count == 1 }
    let text = try await house.text("call", "Please call us.")
    let note = try await house.submit(
      "note",
      .createNote(
        .xCreateNote, CreateNote(model: "res.partner", recordID: 1, body: "Asked to call.")))
    for id in [text, note] { try await house.approve(id) }
    try await until {
      due.raise()
      return try await house.count(.completed) == 2
    }
    #expect(try await house.state(email).status == .executing)
    channel.released.open()
    _ = try await drained
    try await process.end()
    #expect(try await house.state(email).status == .completed)
  }

  @Test func `no more calls of a channel are under way than its org allows`() async throws {
    let house = try await EngineHouse.bare()
    try await house.change { $0.limits.email.calls = 2 }
    _ = try await house.approvedMessages(1...12)
    let channel = HangingChannel()
    let context = house.context(channel, calls: 8)
    let process = ProcessLife(context)
    try await process.begin()
    try await Pipeline(context, process: process).drain(org: nil)
    try await process.end()
    #expect(channel.calls.count == 12)
    #expect(channel.most <= 2)
  }

  @Test func `all processes together keep to a rate, and go on when there is more of it`()
    async throws
  {
    let house = try await EngineHouse.bare()
    try await house.change { $0.limits.email.rate = ChannelRate(rawValue: "60/minute") }
    _ = try await house.approvedMessages(1...10)
    let channel = HangingChannel()
    for _ in 0..<2 {
      let context = house.context(channel)
      let process = ProcessLife(context)
      try await process.begin()
      let wait = try await Pipeline(context, process: process).drain(org: nil)
      #expect(wait.map { $0 > .zero && $0 <= .seconds(2) } == true)
      try await process.end()
    }
    #expect(channel.calls.count == 2, "two seconds' worth at once")
    let states = try await ActionReader(house.context).list(house.org, ActionFilter())
    let waiting = states.filter { $0.status == .approved }
    #expect(waiting.count == 8)
    #expect(waiting.allSatisfy { $0.hold?.reason == .cap && $0.hold?.until != nil })
    for _ in 0..<10 {
      house.clock.advance(by: .seconds(2))
      try await house.run()
    }
    #expect(try await house.count(.completed) == 10)
  }
}

@Suite struct PriorityTests {
  @Test func `a priority is changed until an action is over, and each change is recorded`()
    async throws
  {
    let house = try await EngineHouse.bare()
    let id = try #require(try await house.approvedMessages(1...1).first)
    let priorities = Priorities(house.context)
    #expect(try await house.state(id).priority == .high)
    for wanted in [ActionPriority.low, .low, .critical] {
      let changed = try await priorities.set(house.org, id, to: wanted, by: .tester, via: "test")
      #expect(changed.priority == wanted)
    }
    #expect(try await house.state(id).priority == .critical)
    #expect(try await house.kinds(id).count { $0 == "action.prioritized" } == 2)
    try await house.run()
    #expect(try await house.state(id).status == .completed)
    let error = await #expect(throws: DecisionError.self) {
      try await priorities.set(house.org, id, to: .low, by: .tester, via: "test")
    }
    #expect(error?.code == "action.over")
  }

  @Test func `an approval given before a change of priority still holds`() async throws {
    let house = try await EngineHouse.bare()
    let id = try #require(try await house.approvedMessages(1...1).first)
    let digest = try await house.state(id).digest
    try await Priorities(house.context).set(house.org, id, to: .low, by: .tester, via: "test")
    #expect(try await house.state(id).digest == digest)
    #expect(try await house.run().map(\.outcome) == [.completed])
  }
}
