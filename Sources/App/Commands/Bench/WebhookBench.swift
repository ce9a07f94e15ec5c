import ActionProtocol
import Decisions
import Engine
import Foundation
import Logging

/// One run of the webhook benchmark on an installation of its own.
struct WebhookBench {
  struct Result {
    /// Different events among the posts.
    var events = 0
    /// Milliseconds of each answered post, sorted.
    var milliseconds: [Double] = []
    var repeated = 0
    var seconds = 0.0
    /// From the last answer until every event was on its timeline.
    var settledSeconds = 0.0
    var lost = 0
    /// Events that stand on a timeline more than once, or on none of ours.
    var extra = 0

    /// A quantile in milliseconds, to a hundredth.
    func latency(_ quantile: Double) -> Double {
      guard let last = milliseconds.indices.last else { return 0 }
      let index = Int((Double(milliseconds.count) * quantile).rounded(.up)) - 1
      return (milliseconds[min(max(index, 0), last)] * 100).rounded() / 100
    }
  }

  let folder: DemoFolder
  let posts: Int
  let connections: Int
  let messages: Int
  let kills: Int
  let seed: UInt64

  func run(_ note: (String) -> Void) async throws -> Result {
    try await sendMessages(note)
    let house = try await Composition.open(
      place(Composition.sandboxAddress).settings(), level: .error)
    let org = try await house.organisation().id
    let sent = try await attempts(house, org)
    let webhook = try await WebhookEndpoints(house.context).create(
      org, scheme: .bearer, by: house.author(.settings, in: org), via: "bench")
    let load = WebhookLoad(
      sent, org: org, webhook: webhook, posts: posts, seed: seed)
    note("posting \(posts) times about \(sent.count) messages")
    var result = try post(load)
    try await count(load, house, org, &result)
    return result
  }

  /// Messages that were really accepted, so that their events have somewhere to go.
  private func sendMessages(_ note: (String) -> Void) async throws {
    let sandbox = try BenchSandbox.start(in: folder)
    defer { sandbox.stop() }
    let pipeline = try await PipelineBench(place(sandbox.url))
    _ = try await pipeline.run(
      actions: messages, history: 0, workers: 1, singles: 0, note)
  }

  private func place(_ provider: String) -> BenchPlace {
    BenchPlace(home: folder.path, database: nil, provider: provider, calls: 32)
  }

  private func attempts(_ house: House, _ org: OrgID) async throws -> [AttemptRecord] {
    let limit = messages
    return try await house.store.read { store in
      try store.actions(org, ActionFilter(limit: limit)).flatMap {
        try store.attempts(org, $0.id)
      }
    }
  }

  private func post(_ load: WebhookLoad) throws -> Result {
    let server = try BenchServer(home: folder.path)
    defer { server.stop() }
    let clients = WebhookClients(load, connections: connections, port: { server.port })
    let taken = ContinuousClock().measure {
      clients.run { done in
        // INVARIANT: what was answered is durable, also when nothing is closed in order.
        let due = posts / (kills + 1) * (server.kills + 1)
        if server.kills < kills, done >= due { server.killAndRestart() }
      }
    }
    var result = Result()
    result.events = load.events
    result.milliseconds = clients.milliseconds.sorted()
    result.repeated = clients.repeated
    result.seconds = Self.seconds(taken)
    return result
  }

  /// Waits for the timelines and counts them.
  private func count(
    _ load: WebhookLoad, _ house: House, _ org: OrgID, _ result: inout Result
  ) async throws {
    let server = try BenchServer(home: folder.path)
    defer { server.stop() }
    let begun = ContinuousClock.now
    while try await house.store.read({ try !$0.dueEvents(at: $0.now, limit: 1).isEmpty }) {
      try await Task.sleep(for: .milliseconds(20))
    }
    result.settledSeconds = Self.seconds(.now - begun)
    let ids = load.actions
    let found = try await house.store.read { store in
      // A stored id begins with the provider's.
      try ids.flatMap { id in
        try store.events(org, id).map { event in String(event.event.eventID.prefix { $0 != "." }) }
      }
    }
    result.lost = load.eventIDs.subtracting(found).count
    result.extra = found.count - load.eventIDs.intersection(found).count
  }

  private static func seconds(_ duration: Duration) -> Double {
    let seconds =
      Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    return (seconds * 1000).rounded() / 1000
  }
}
