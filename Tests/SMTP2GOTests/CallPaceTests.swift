import Foundation
import Synchronization
import Testing

@testable import SMTP2GO

@Suite struct CallPaceTests {
  /// A clock that stands still but while somebody sleeps on it.
  private final class HandClock: Sendable {
    private struct State {
      var now = ContinuousClock.now
      var slept: [Duration] = []
    }
    private let state = Mutex(State())

    var slept: [Duration] { state.withLock { $0.slept } }
    var now: ContinuousClock.Instant { state.withLock { $0.now } }

    func advance(_ duration: Duration) {
      state.withLock { $0.now += duration }
    }

    /// Sleeping moves the clock: one waiter at a time.
    var time: CallPace.Time {
      CallPace.Time(
        now: { self.now },
        sleep: { duration in
          self.state.withLock { state in
            state.slept.append(duration)
            state.now += duration
          }
        })
    }
  }

  @Test func `calls within the limit do not wait and the next waits for the window's end`() async {
    let clock = HandClock()
    let pace = CallPace.activity(clock.time)
    for _ in 0..<60 {
      #expect(await pace.turn() == nil)
      clock.advance(.milliseconds(100))
    }
    #expect(clock.slept.isEmpty)
    #expect(await pace.turn() == nil)
    #expect(clock.slept == [.seconds(55)])
  }

  @Test(arguments: Seed.some)
  func `in no window begin more calls than the limit`(seed: UInt64) async {
    var random = Seed(seed)
    let clock = HandClock()
    let pace = CallPace(limit: 5, window: .seconds(10), time: clock.time)
    var beginnings: [ContinuousClock.Instant] = []
    for _ in 0..<200 {
      clock.advance(.milliseconds(Int.random(in: 0...2500, using: &random)))
      #expect(await pace.turn() == nil)
      beginnings.append(clock.now)
    }
    for (index, beginning) in beginnings.enumerated() where index >= 5 {
      #expect(beginning - beginnings[index - 5] >= .seconds(10), "seed \(seed)")
    }
  }

  @Test func `those who would wait longer than a window are told how long`() async {
    let start = ContinuousClock.now
    let pace = CallPace(
      limit: 2, window: .seconds(10), time: .init(now: { start }, sleep: { _ in }))
    for _ in 0..<4 { #expect(await pace.turn() == nil) }
    #expect(await pace.turn() == .seconds(20))
  }

  @Test func `a search that may not begin is throttled without a request`() async throws {
    let server = try await LoopbackServer { _ in .answer(200, #"{"data":{"events":[]}}"#) }
    var configuration = SMTP2GOClient.Configuration(baseURL: server.baseURL, apiKey: Fixture.key)
    let start = ContinuousClock.now
    configuration.time = .init(now: { start }, sleep: { _ in throw CancellationError() })
    let client = try SMTP2GOClient(configuration: configuration)
    for _ in 0..<60 {
      #expect(await client.searchActivity(.init(startDate: .now)).outcome.label == "accepted")
    }
    let result = await client.searchActivity(.init(startDate: .now))
    #expect(result.outcome == .throttled(retryAfter: .seconds(61)))
    #expect(server.requests.count == 60)
    try await client.shutdown()
    try await server.stop()
  }
}
