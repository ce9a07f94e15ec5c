import ActionProtocol
import Decisions
import Testing

@Suite struct CallSlotsTests {
  private static func lane(_ name: String, _ channel: OutreachChannel? = .email) -> SlotLane {
    SlotLane(OrgID(rawValue: name).unsafelyUnwrapped, channel)
  }

  /// Lets calls of the lane begin that never end.
  private static func hang(_ lane: SlotLane, in slots: inout CallSlots) {
    while slots.room(lane) > 0 { slots.take(lane) }
  }

  @Test func `an org alone has all its places, and gets them back`() {
    var slots = CallSlots(perLane: 32)
    Self.hang(Self.lane("a"), in: &slots)
    #expect(slots.used(Self.lane("a")) == 32)
    for _ in 0..<40 { slots.free(Self.lane("a")) }
    #expect(slots.used(Self.lane("a")) == 0)
    #expect(slots.room(Self.lane("a")) == 32)
  }

  @Test func `a channel that hangs takes nothing from another, nor from the records`() {
    var slots = CallSlots(perLane: 4)
    for number in 0..<100 { Self.hang(Self.lane("org\(number)"), in: &slots) }
    #expect(slots.room(Self.lane("org1", .sms)) == 4)
    #expect(slots.room(Self.lane("org1", nil)) == 4)
  }

  @Test func `six orgs that hang leave the seventh all its places, and the ninth one`() {
    var slots = CallSlots(perLane: 32)
    for number in 0..<6 { Self.hang(Self.lane("org\(number)"), in: &slots) }
    #expect(slots.room(Self.lane("next")) == 32)
    for number in 6..<8 { Self.hang(Self.lane("org\(number)"), in: &slots) }
    #expect(slots.room(Self.lane("next")) >= 1)
  }

  @Test func `an org's own limit is kept, and never more than the process allows`() {
    var slots = CallSlots(perLane: 8)
    #expect(slots.room(Self.lane("a"), limit: 3) == 3)
    #expect(slots.room(Self.lane("a"), limit: 100) == 8)
    slots.take(Self.lane("a"))
    slots.take(Self.lane("a"))
    slots.take(Self.lane("a"))
    #expect(slots.room(Self.lane("a"), limit: 2) == 0)
  }

  @Test func `claiming is worth it when nothing is under way or half is free`() {
    var slots = CallSlots(perLane: 4)
    let lane = Self.lane("a")
    #expect(slots.isOpen(lane))
    slots.take(lane)
    slots.take(lane)
    #expect(slots.isOpen(lane))
    slots.take(lane)
    #expect(!slots.isOpen(lane))
    #expect(!slots.isOpen(lane, limit: 0))
    #expect(!slots.isOpen(Self.lane("b"), limit: 0))
  }

  @Test(arguments: Seeds.all)
  func `whatever comes and goes, the places of a channel are never exceeded`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var slots = CallSlots(perLane: Int.random(in: 1...9, using: &random))
    var used: [SlotLane: Int] = [:]
    for _ in 0..<3000 {
      let lane = Self.lane(
        "org\(Int.random(in: 0..<12, using: &random))",
        [.email, .sms, nil][Int.random(in: 0..<3, using: &random)])
      if Int.random(in: 0..<5, using: &random) > 1, slots.room(lane) > 0 {
        slots.take(lane)
        used[lane, default: 0] += 1
      } else if used[lane, default: 0] > 0 {
        slots.free(lane)
        used[lane, default: 0] -= 1
      }
      #expect(slots.used(lane) == used[lane, default: 0], "seed \(seed)")
      #expect(slots.used(lane) <= slots.perLane, "seed \(seed)")
      let total = used.filter { $0.key.channel == lane.channel }.values.reduce(0, +)
      #expect(total <= slots.perChannel, "seed \(seed)")
    }
  }
}
