import ActionProtocol
import Decisions
import Testing

@Suite struct ChannelRateTests {
  @Test(arguments: ["1/second", "120/minute", "20/hour", "100000/day"])
  func `a rate is written as it is read`(_ text: String) {
    #expect(ChannelRate(rawValue: text)?.rawValue == text)
  }

  @Test(arguments: [
    "", "0/minute", "-1/hour", "100001/day", "5", "5/week", "5/", "/hour", "5/hour/1", "x/day",
  ])
  func `what is no rate is refused`(_ text: String) {
    #expect(ChannelRate(rawValue: text) == nil)
  }

  private static let rates = [
    "1/second", "4/second", "10/second", "7/minute", "250/minute", "1/hour", "20/hour", "3/day",
    "1000/day",
  ]

  private static let lengths: [String: Int64] = [
    "second": 1000, "minute": 60_000, "hour": 3_600_000, "day": 86_400_000,
  ]

  /// Asks at random instants; the greedy asker is the worst there is.
  @Test(arguments: rates, Seeds.all)
  func `no span holds more than the rate, and a steady asker gets at least half`(
    _ text: String, _ seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    let rate = try #require(ChannelRate(rawValue: text))
    let length = try #require(Self.lengths[rate.period.rawValue])
    var now: Int64 = 1_000_000_000_000
    let start = now
    var arrival: Int64 = 0
    var taken: [Int64] = []
    while taken.count < 3 * rate.messages + 5 {
      switch rate.take(arrival: arrival, now: Instant(milliseconds: now)) {
      case .taken(let next):
        #expect(rate.available(arrival: arrival, now: Instant(milliseconds: now)) > 0)
        arrival = next
        taken.append(now)
      case .wait(let until):
        #expect(rate.available(arrival: arrival, now: Instant(milliseconds: now)) == 0)
        #expect(until.milliseconds > now)
        now = until.milliseconds
        if Int.random(in: 0..<8, using: &random) == 0 {
          now += Int64.random(in: 0...rate.interval / 1000, using: &random)
        }
      }
    }
    var first = 0
    for last in taken.indices {
      while taken[last] - taken[first] >= length { first += 1 }
      #expect(last - first + 1 <= rate.messages, "seed \(seed)")
    }
    let spans = Double(now - start) / Double(length)
    #expect(Double(taken.count) >= 0.5 * spans * Double(rate.messages) - 1, "seed \(seed)")
  }

  @Test func `after a rest a few may go at once`() throws {
    let rate = try #require(ChannelRate(120, per: .minute))
    #expect(rate.burst == 4)
    #expect(rate.available(arrival: 0, now: Instant(milliseconds: 1)) == 4)
    #expect(ChannelRate(20, per: .hour)?.burst == 1)
  }
}
