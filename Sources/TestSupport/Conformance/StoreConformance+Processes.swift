import ActionProtocol
import Decisions
import Engine

extension StoreConformance {
  static let processes = [
    StoreConformance("a boot lives until it ends, and an ended one renews no lease") { store in
      let first = boot("a", 1)
      let second = boot("b", 2)
      try await store.write { store in
        try store.insert(second)
        try store.insert(first)
        try same(try store.liveBoots(), [first, second], "living boots by their start")
        try check(try store.renew(first.id, leaseEndsAt: 777), "a living boot's lease")
        try same(try store.liveBoots().first?.life.leaseEndsAt, 777, "the renewed lease")
        try store.end(first.id, cause: "proven_dead")
        try same(try store.liveBoots(), [second], "living boots after one ended")
        try check(!(try store.renew(first.id, leaseEndsAt: 999)), "an ended boot renewed")
        try check(!(try store.renew(BootID("c"), leaseEndsAt: 999)), "an unknown boot renewed")
      }
      try await refused(store, "a boot's id twice") { try $0.insert(first) }
    },
    StoreConformance("open attempts are those of their boot") { store in
      try await store.put([Sample.action(1, .executing), Sample.action(2, .executing)])
      try await store.write { store in
        try store.insert(Sample.intent(1, boot: BootID("a"), at: Sample.later(2)))
        try store.insert(Sample.intent(2, boot: BootID("b")))
        try store.insert(Sample.intent(2, call: 2, boot: BootID("a"), at: Sample.later(1)))
        try same(
          try store.openAttempts(of: BootID("a")).map(\.intent.operation),
          [Sample.operation(2, call: 2), Sample.operation(1)], "open attempts of a boot")
        try check(try store.openAttempts(of: BootID("c")).isEmpty, "of an unknown boot")
      }
    },
    StoreConformance("a timer keeps the earlier instant") { store in
      try await store.write { store in
        try store.put(timer(due: 20))
        try store.put(timer(due: 30))
        try same(try store.dueTimers(at: Sample.later(100), limit: 9), [timer(due: 20)], "later")
        try store.put(timer(due: 10))
        try same(
          try store.dueTimers(at: Sample.later(100), limit: 9), [timer(due: 10)], "earlier")
      }
    },
    StoreConformance("timers are due at their instant, earliest first, each by kind and subject") {
      store in
      let timers = [
        timer(due: 30), timer(.followUp, due: 10), timer(subject: "sms", due: 20),
        timer(org: Sample.org("other"), due: 15),
      ]
      try await store.write { store in
        for timer in timers { try store.put(timer) }
        func due(_ at: Int64, limit: Int = 9) throws -> [Int64] {
          try store.dueTimers(at: Sample.later(at), limit: limit)
            .map { $0.due.milliseconds - Sample.start.milliseconds }
        }
        try same(try due(9), [], "before the first")
        try same(try due(10), [10], "at the first")
        try same(try due(30), [10, 15, 20, 30], "at the last")
        try same(try due(30, limit: 2), [10, 15], "up to the limit")
      }
    },
    StoreConformance("only the timer that was handled is removed") { store in
      try await store.write { store in
        try store.put(timer(due: 20))
        // It was armed anew for an earlier instant while the old one was being handled.
        try store.put(timer(due: 10))
        try store.remove(timer(due: 20))
        try same(
          try store.dueTimers(at: Sample.later(99), limit: 9), [timer(due: 10)], "still armed")
        try store.remove(timer(due: 10))
        try check(try store.dueTimers(at: Sample.later(99), limit: 9).isEmpty, "not removed")
      }
    },
  ]

  private static func boot(_ name: String, _ start: Int64) -> BootRecord {
    BootRecord(
      id: BootID(name), host: "host", processID: 42,
      life: BootLife(kernelBoot: "kernel", leaseEndsAt: 15_000), startedAt: Sample.later(start))
  }

  private static func timer(
    _ kind: DurableTimer.Kind = .reconcile, org: OrgID = Sample.org(), subject: String = "email",
    due: Int64
  ) -> DurableTimer {
    DurableTimer(org: org, kind: kind, subject: subject, due: Sample.later(due))
  }
}
