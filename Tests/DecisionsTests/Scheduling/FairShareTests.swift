import ActionProtocol
import Decisions
import Testing

@Suite struct FairShareTests {
  private static func org(_ name: String) -> OrgID { OrgID(rawValue: name).unsafelyUnwrapped }
  private static func at(_ second: Int) -> Instant { Instant(milliseconds: Int64(second) * 1000) }

  private static func lane(
    _ name: String, _ priority: ActionPriority = .normal, _ channel: OutreachChannel? = .email,
    count: Int, since: Int = 0
  ) -> DueLane {
    DueLane(
      SlotLane(org(name), channel), priority, waiting: (0..<count).map { at(since + $0) })
  }

  private static func orgs(_ picks: [FairShare.Pick], _ lanes: [DueLane]) -> [String] {
    picks.map { lanes[$0.lane].lane.org.rawValue }
  }

  // MARK: - Between orgs

  @Test func `one action of an org does not wait for a hundred thousand of another`() {
    var share = FairShare()
    let big = Self.lane("big", count: 100_000)
    for _ in 0..<50 { _ = share.pick([big], limit: 16) }
    let lanes = [big, Self.lane("small", count: 1, since: 1_000_000)]
    #expect(Self.orgs(share.pick(lanes, limit: 16), lanes).contains("small"))
  }

  @Test func `a batch is full whenever there is enough, whoever has it`() {
    var share = FairShare()
    let lanes = [Self.lane("a", count: 3), Self.lane("b", count: 100), Self.lane("c", count: 1)]
    let picks = share.pick(lanes, limit: 16)
    #expect(picks.count == 16)
    #expect(Set(picks).count == 16)
    #expect(picks.count { $0.lane == 0 } == 3)
    #expect(picks.count { $0.lane == 2 } == 1)
    #expect(share.pick(lanes, limit: 200).count == 104)
    #expect(share.pick([], limit: 16).isEmpty)
  }

  @Test(arguments: [[1, 1], [1, 3], [5, 1, 2], [1, 100], [7, 7, 7, 1], [2, 3, 5, 7, 11]])
  func `over a thousand batches each gets its weight within a tenth`(_ weights: [Int]) {
    var share = FairShare()
    let lanes = weights.indices.map { Self.lane("org\($0)", count: 16) }
    let byOrg = Dictionary(
      uniqueKeysWithValues: weights.enumerated().map { (Self.org("org\($0)"), $1) })
    var counts = [Int](repeating: 0, count: weights.count)
    for _ in 0..<1000 {
      for pick in share.pick(lanes, weights: byOrg, limit: 16) { counts[pick.lane] += 1 }
    }
    let total = Double(weights.reduce(0, +))
    for (weight, count) in zip(weights, counts) {
      let expected = 16_000 * Double(weight) / total
      #expect(abs(Double(count) - expected) <= 0.1 * expected, "\(counts) for \(weights)")
    }
  }

  @Test func `who was idle saves nothing up`() {
    var share = FairShare()
    let busy = Self.lane("busy", count: 100)
    for _ in 0..<100 { _ = share.pick([busy], limit: 16) }
    let lanes = [busy, Self.lane("late", count: 100)]
    let picks = Self.orgs(share.pick(lanes, limit: 20), lanes)
    #expect((9...11).contains(picks.count { $0 == "late" }), "\(picks)")
  }

  /// Random arrivals and weights: an org with work is served at the latest when each of the others
  /// has had what its weight gives it beside one pick of this org.
  @Test(arguments: Seeds.all)
  func `no org with work waits for more than the others' shares`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 2...40, using: &random)
    let limit = Int.random(in: 1...20, using: &random)
    let weights = (0..<count).map { _ in Int.random(in: 1...10, using: &random) }
    let byOrg = Dictionary(
      uniqueKeysWithValues: weights.enumerated().map { (Self.org("org\($0)"), $1) })
    var waiting = [Int](repeating: 0, count: count)
    var unserved = [Int](repeating: 0, count: count)
    var share = FairShare()
    for _ in 0..<400 {
      for org in 0..<count where Int.random(in: 0..<4, using: &random) == 0 {
        waiting[org] += Int.random(in: 0...30, using: &random)
      }
      let lanes = (0..<count).map { Self.lane("org\($0)", count: min(waiting[$0], limit)) }
      var served: Set<Int> = []
      for pick in share.pick(lanes, weights: byOrg, limit: limit) {
        waiting[pick.lane] -= 1
        served.insert(pick.lane)
      }
      for org in 0..<count {
        unserved[org] = waiting[org] == 0 || served.contains(org) ? 0 : unserved[org] + 1
        let others = weights.enumerated().filter { $0.offset != org }
          .reduce(0) { $0 + ($1.element + weights[org] - 1) / weights[org] + 1 }
        #expect(unserved[org] <= others / limit + 1, "seed \(seed)")
      }
    }
  }

  // MARK: - Within an org

  @Test func `critical goes before high before normal before low`() {
    var share = FairShare()
    let lanes = ActionPriority.allCases.reversed().map { Self.lane("a", $0, count: 2) }
    let picks = share.pick(lanes, limit: 7).map { lanes[$0.lane].priority }
    #expect(picks == [.critical, .critical, .high, .high, .normal, .normal, .low])
  }

  @Test func `of equal priority who waited longest goes first, whatever its channel`() {
    var share = FairShare()
    let lanes = [
      Self.lane("a", .normal, .email, count: 2, since: 10),
      Self.lane("a", .normal, .sms, count: 2, since: 5), Self.lane("a", .normal, nil, count: 1),
    ]
    #expect(share.pick(lanes, limit: 5).map(\.lane) == [2, 1, 1, 0, 0])
  }

  @Test func `low never starves under a stream of critical actions`() {
    var share = FairShare()
    var low = Self.lane("a", .low, count: 20)
    var taken = 0
    for round in 0..<40 {
      let lanes = [Self.lane("a", .critical, count: 16, since: 1000 + round), low]
      let picks = share.pick(lanes, limit: 4)
      taken += picks.count { $0.lane == 1 }
      low.waiting.removeFirst(picks.count { $0.lane == 1 })
    }
    #expect(taken == 160 / FairShare.ageingTurn)
    #expect(taken > 0)
  }

  // MARK: - Room

  @Test func `what has no room gives its turn to others and keeps nobody waiting`() {
    var share = FairShare()
    let lanes = [
      Self.lane("a", .critical, .email, count: 50), Self.lane("a", .low, .sms, count: 50),
      Self.lane("b", .normal, .email, count: 50),
    ]
    let room = [lanes[0].lane: 3, lanes[2].lane: 0]
    let picks = share.pick(lanes, room: room, limit: 16)
    #expect(picks.count { $0.lane == 0 } == 3)
    #expect(picks.count { $0.lane == 1 } == 13)
    #expect(!picks.contains { $0.lane == 2 })
  }

  @Test func `lanes that share a channel share its room`() {
    var share = FairShare()
    let lanes = [Self.lane("a", .high, count: 5), Self.lane("a", .normal, count: 5)]
    #expect(share.pick(lanes, room: [lanes[0].lane: 6], limit: 16).count == 6)
  }

  @Test func `an org whose channel was blocked claims no back pay`() {
    var share = FairShare()
    let lanes = [Self.lane("a", count: 100), Self.lane("b", count: 100)]
    for _ in 0..<50 { _ = share.pick(lanes, room: [lanes[1].lane: 0], limit: 16) }
    let picks = share.pick(lanes, limit: 20)
    #expect((9...11).contains(picks.count { $0.lane == 1 }))
  }
}
