import ActionProtocol
import Decisions
import Testing

@Suite struct ChannelPauseTests {
  private static func at(_ milliseconds: Int64) -> Instant {
    Instant(milliseconds: 1_000_000 + milliseconds)
  }

  @Test(
    arguments: [
      (-1, 0), (0, 1), (999, 1), (1000, 2), (2000, 4), (5999, 32), (6000, nil), (60_000, nil),
    ] as [(Int64, Int?)])
  func `after a throttle a channel begins with one call and doubles each second`(
    _ offset: Int64, _ calls: Int?
  ) {
    #expect(
      ChannelPause(.throttled, since: Self.at(-60_000), until: Self.at(0)).calls(
        at: Self.at(offset)) == calls)
  }

  @Test func `another pause ends at its end`() {
    let pause = ChannelPause(.retryBackoff, since: Self.at(-9000), until: Self.at(0))
    #expect(pause.calls(at: Self.at(-1)) == 0)
    #expect(pause.calls(at: Self.at(0)) == nil)
  }

  @Test(arguments: [(0, 60_000), (0.5, 63_000), (0.999, 65_994), (7, 66_000), (-1, 60_000)])
  func `a pause never ends before it was told, and up to a tenth later`(
    _ jitter: Double, _ end: Int64
  ) {
    #expect(
      ChannelPause.end(of: Self.at(60_000), from: Self.at(0), jitter: jitter) == Self.at(end))
  }

  @Test(
    arguments: [
      (-1, 60), (0, 120), (60_000, 120), (60_001, 60),
    ] as [(Int64, Int64)])
  func `a throttle that says nothing lasts twice as long as the one it follows`(
    _ after: Int64, _ seconds: Int64
  ) {
    let last = ChannelPause(.throttled, since: Self.at(-60_000), until: Self.at(0))
    let next = ChannelPause.length(after: last, base: .seconds(60), now: Self.at(after))
    #expect(next == .seconds(seconds))
  }

  @Test func `a pause doubles up to a quarter of an hour, and only after its like`() {
    func next(_ hold: HoldReason, _ seconds: Int64) -> Duration {
      ChannelPause.length(
        after: ChannelPause(hold, since: Self.at(-1000 * seconds), until: Self.at(0)),
        base: .seconds(60), now: Self.at(5))
    }
    #expect(next(.throttled, 480) == .seconds(900))
    #expect(next(.throttled, 5000) == .seconds(900))
    #expect(next(.throttled, 10) == .seconds(60))
    #expect(next(.retryBackoff, 480) == .seconds(60))
    #expect(ChannelPause.length(after: nil, base: .seconds(60), now: Self.at(0)) == .seconds(60))
  }

  @Test(arguments: ["", "calls=8", "rate=120/minute", "calls=8 rate=20/hour"])
  func `limits are written as they are read`(_ text: String) {
    #expect(ChannelLimit(rawValue: text)?.rawValue == text)
  }

  @Test(arguments: ["calls=0", "calls=257", "calls", "rate=1/week", "slots=3"])
  func `what is no limit is refused`(_ text: String) {
    #expect(ChannelLimit(rawValue: text) == nil)
  }
}
