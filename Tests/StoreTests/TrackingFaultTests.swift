import ActionProtocol
import Decisions
import Engine
import Store
import Testing
import TestSupport

/// The Nth statement, commit or acknowledgement fails while a webhook is taken, worked off, or a
/// search settles; the provider posts again what was not answered, and the end is the same.
@Suite struct TrackingFaultTests {
  enum Scenario: String, CaseIterable, Sendable {
    /// Three posts, kept and worked off.
    case posts
    /// The same, where the outcome was left by a person before.
    case postsAfterLeaving
    /// A search that shows the message.
    case search

    func act(_ world: FaultWorld, _ context: EngineContext) async throws {
      switch self {
      case .posts, .postsAfterLeaving:
        for number in 1...3 { try await Self.post(number, world, context) }
        try await TrackingService(context).workOff()
      case .search:
        try await Reconciler(context).reconcile(FaultWorld.org)
      }
    }

    private static func post(
      _ number: Int, _ world: FaultWorld, _ context: EngineContext
    ) async throws {
      let inbox = WebhookInbox(context, reading: NumberReading(operation: world.sent.first ?? ""))
      let endpoint = WebhookEndpoint(
        org: FaultWorld.org, id: "w", scheme: .bearer, createdAt: TestFolder.now, vendorID: nil)
      _ = try await inbox.take([UInt8(number)], contentType: nil, at: endpoint)
    }
  }

  @Test(arguments: Scenario.allCases, FaultPlan.Mode.allCases)
  func `nothing that was taken is lost, and nothing happens by halves or twice`(
    _ scenario: Scenario, _ mode: FaultPlan.Mode
  ) async throws {
    let template = try await prepared(scenario)
    var last = 0
    for number in 1... {
      let world = try await FaultWorld(template)
      world.channel.find(.found(Dictionary(uniqueKeysWithValues: world.sent.map { ($0, "v") })))
      world.plan.arm(number, mode)
      do { try await scenario.act(world, world.faulty) } catch { #expect(world.plan.hasFired) }
      let fired = world.plan.hasFired
      world.plan.disarm()
      let place: Comment = "\(scenario.rawValue), fault \(number), \(mode.rawValue)"
      try await whole(world, place)
      // The provider repeats, the service goes on, whatever is due is done.
      try await scenario.act(world, world.sound)
      try await later(world)
      try await end(scenario, world, place)
      last = number
      if !fired { break }
    }
    #expect(last > 8)
  }

  private func prepared(_ scenario: Scenario) async throws -> FaultWorld.Template {
    let world = try await FaultWorld(nil)
    try await world.submit(world.sound)
    try await world.approve(world.sound)
    world.channel.answer(with: .unknown(code: "deadline"))
    try await world.run(world.sound)
    if scenario == .postsAfterLeaving { try await world.settle(world.sound, .leave) }
    return try world.template()
  }

  /// An event that a fault put off is worked off a minute later: its row is made due here.
  private func later(_ world: FaultWorld) async throws {
    try await world.database.run("UPDATE provider_events SET look_at = 0 WHERE state <> 'done'")
    try await TrackingService(world.sound).workOff()
  }

  /// State and attempt agree, the log is whole, a suppression has its entry.
  private func whole(_ world: FaultWorld, _ place: Comment) async throws {
    let found = try await Facts(world)
    let isAccepted = found.attempt?.outcome == "accepted" || found.attempt?.provenAt != nil
    #expect((found.status == .completed) == isAccepted, place)
    #expect(found.suppressed == found.entries("suppression.added"), place)
    #expect(found.entries("execution.accepted") == (isAccepted ? 1 : 0), place)
    #expect(found.outreach == (isAccepted ? "sent" : "reserved"), place)
  }

  private func end(_ scenario: Scenario, _ world: FaultWorld, _ place: Comment) async throws {
    try await whole(world, place)
    let found = try await Facts(world)
    #expect(found.status == .completed, place)
    #expect(world.sent.count == 1, place)
    guard scenario != .search else { return }
    #expect(found.events == [.processed, .hardBounced, .opened], place)
    #expect(found.suppressed == 1, place)
    #expect(
      found.entries("alert.accepted_after_all") == (scenario == .posts ? 0 : 1), place)
  }

  private struct Facts {
    let status: ActionStatus?
    let attempt: AttemptRecord?
    let events: [ProviderEvent.Kind]
    let suppressed: Int
    let outreach: String?
    let kinds: [String]

    init(_ world: FaultWorld) async throws {
      let (org, id) = (FaultWorld.org, FaultWorld.id)
      (status, attempt, events, suppressed, kinds) = try await world.store.read { store in
        (
          try store.action(org, id)?.status, try store.attempts(org, id).last,
          try store.events(org, id).map(\.event.kind),
          try store.suppressions(org, at: store.now, after: nil, limit: 9).count,
          try store.audit(org, action: nil, after: 0, limit: 1000).map {
            String(decoding: $0.leaf, as: UTF8.self)
          }
        )
      }
      outreach = try await world.database.texts("SELECT state FROM outreach").first
    }

    func entries(_ kind: String) -> Int { kinds.count { $0.contains(#""kind":"\#(kind)""#) } }
  }
}

/// Reads the bodies 1, 2 and 3 as three events of one message.
private struct NumberReading: ProviderEventReading {
  let operation: String

  func read(
    _ body: [UInt8], contentType: String?
  ) throws(ProviderEventFault) -> ProviderEvent {
    guard let number = body.first, (1...3).contains(number) else {
      throw ProviderEventFault(code: "event.number")
    }
    let kinds: [ProviderEvent.Kind] = [.processed, .hardBounced, .opened]
    return ProviderEvent(
      eventID: "event-\(number)", kind: kinds[Int(number) - 1], name: "test", channel: .email,
      providerID: "v", operation: OperationEcho.read(operation), recipient: FaultWorld.address,
      occurredAt: Instant(milliseconds: TestFolder.now.milliseconds + Int64(number)))
  }
}
