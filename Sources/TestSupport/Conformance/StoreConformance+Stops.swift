import ActionProtocol
import Decisions
import Engine

extension StoreConformance {
  static let stops = [
    StoreConformance("nothing is stopped at first") { store in
      try await store.read { store in
        try same(try store.stopBoard(), StopBoard(), "the board")
        try same(try store.stops(), [], "stops")
        try same(try store.stopAcknowledgements(), [], "words")
      }
      try await store.write { store in
        try same(
          try store.holdStopBoard(), StopStanding(board: StopBoard(), auditTotal: 0),
          "what a transaction of intents reads")
      }
    },
    StoreConformance("a stop is on the board until it is lifted, and each change has a number") {
      store in
      let (one, two) = (Sample.org("one"), Sample.org("two"))
      try await store.write { store in
        let first = try store.put(stop(.org(one), known: Sample.later(3)))
        let second = try store.put(stop(.everything))
        try same([first.number, second.number], [1, 2], "numbers")
        try same(try store.stops(), [second, first], "everything first")
        try same(
          try store.stopBoard(), StopBoard(number: 2, scopes: [.everything, .org(one)]), "board")
        try same(try store.holdStopBoard().board, try store.stopBoard(), "held board")
        try check(try store.stopBoard().covers(two), "everything covers another org")
        try check(try store.lift(.everything), "lifting")
        try same(try store.stopBoard(), StopBoard(number: 3, scopes: [.org(one)]), "one left")
        try check(!(try store.stopBoard().covers(two)), "the other org goes on")
        try check(!(try store.lift(.org(two))), "lifting what does not stand")
        try same(try store.stops(), [first], "the other stays")
      }
    },
    StoreConformance("a second stop of a scope takes the place of the first") { store in
      try await store.write { store in
        _ = try store.put(stop(.everything))
        var other = stop(.everything)
        other.reason = "restored"
        other.cause = .restored
        let second = try store.put(other)
        try same(try store.stops(), [second], "stops")
        try same(second.number, 2, "its number")
      }
    },
    StoreConformance("a process's later word takes the place of its earlier one") { store in
      try await store.write { store in
        try store.insert(Self.boot("a", 1))
        let first = StopAcknowledgement(
          boot: BootID("a"), number: 1,
          inFlight: [Sample.operation(1), Sample.operation(2, call: 2)], at: Sample.later(1))
        try store.acknowledge(first)
        try same(try store.stopAcknowledgements(), [first], "the first word")
        let second = StopAcknowledgement(
          boot: BootID("a"), number: 2, inFlight: [], at: Sample.later(2))
        try store.acknowledge(second)
        try same(try store.stopAcknowledgements(), [second], "the second word")
        try store.end(BootID("a"), cause: "ended")
        _ = try store.put(stop(.everything))
        try same(try store.stopAcknowledgements(), [], "of a process that has ended")
      }
    },
    StoreConformance("the audit logs of all orgs are counted together") { store in
      try await store.write { store in
        try same(try store.auditTotal(), 0, "an empty log")
        try same(try store.lastAuditAt(), nil, "no entry")
        try store.append([entry, entry], org: Sample.org("one"))
        try store.append([entry], org: Sample.org("two"))
        try same(try store.auditTotal(), 3, "entries")
        try same(try store.holdStopBoard().auditTotal, 3, "entries beside the board")
        try same(try store.lastAuditAt(), store.now, "the last one")
      }
    },
  ]

  private static let entry = AuditEvent(
    kind: "test.entry", actor: "system:test", via: "test", subject: "org:test")

  private static func stop(_ scope: StopScope, known: Instant? = nil) -> Stop {
    Stop(
      scope: scope, at: Sample.start, by: Sample.ann, via: "test", reason: "too many complaints",
      knownUntil: known)
  }

  private static func boot(_ name: String, _ start: Int64) -> BootRecord {
    BootRecord(
      id: BootID(name), host: "host", processID: 42,
      life: BootLife(kernelBoot: "kernel", leaseEndsAt: 15_000), startedAt: Sample.later(start))
  }
}
