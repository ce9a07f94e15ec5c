import Decisions
import Testing

@Suite struct RetryPolicyTests {
  private let policy = RetryPolicy.standard

  @Test(arguments: [
    (0, 2.0), (1, 4.0), (2, 8.0), (8, 512.0), (9, 900.0), (10, 900.0), (20, 900.0), (63, 900.0),
    (Int.max, 900.0), (-1, 2.0),
  ])
  func `a wait lies between a tenth of its ceiling and the ceiling`(
    _ attempts: Int, _ ceiling: Double
  ) {
    let top = Duration.seconds(ceiling)
    #expect(policy.backoff(afterAttempts: attempts, jitter: 0) == top / 10)
    let nearTop = policy.backoff(afterAttempts: attempts, jitter: 0.999)
    #expect(nearTop < top)
    #expect(nearTop > top * 0.99)
    #expect(policy.backoff(afterAttempts: attempts, jitter: 1) == top)
  }

  @Test(arguments: [-0.5, -100])
  func `jitter below its range is the floor`(_ jitter: Double) {
    #expect(policy.backoff(afterAttempts: 0, jitter: jitter) == .milliseconds(200))
  }

  @Test func `jitter above its range is the ceiling`() {
    #expect(policy.backoff(afterAttempts: 0, jitter: 7) == .seconds(2))
  }

  @Test(arguments: Seeds.all)
  func `no jitter leaves the bounds, and more jitter never waits less`(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let attempts = Int.random(in: 0..<30, using: &generator)
      let pair = [0, 1].map { _ in Double.random(in: 0..<1, using: &generator) }.sorted()
      let waits = pair.map { policy.backoff(afterAttempts: attempts, jitter: $0) }
      #expect(waits[0] <= waits[1], "seed \(seed)")
      #expect(waits[0] >= policy.base / 10 && waits[1] <= policy.cap, "seed \(seed)")
    }
  }
}
