import ActionProtocol
import Decisions
import Engine

extension StoreConformance {
  static let jobs = leading + planning + running

  // MARK: - The lead

  private static let leading = [
    StoreConformance("the lead is taken once, and again only from whom it was read") { store in
      let taken = try await store.write { store in
        try check(try store.leader() == nil, "a leader from the start")
        return try store.takeLead(BootID("a"), from: nil, until: far(store))
      }
      try same(taken?.token, 1, "the first token")
      try await store.write { store in
        try check(
          try store.takeLead(BootID("b"), from: nil, until: far(store)) == nil, "taken twice")
        let next = try store.takeLead(BootID("b"), from: taken, until: far(store))
        try same(next?.token, 2, "the next token")
        try same(try store.leader()?.boot, BootID("b"), "the leader")
        try check(
          try store.takeLead(BootID("c"), from: taken, until: far(store)) == nil,
          "taken from an earlier leader")
      }
    },
    StoreConformance("only the leader renews, and only before its time is over") { store in
      try await store.write { store in
        guard let lease = try store.takeLead(BootID("a"), from: nil, until: far(store)) else {
          throw ConformanceFailure("not taken")
        }
        try check(try store.renewLead(lease, until: far(store)), "not renewed")
        var other = lease
        other.token = 7
        try check(try !store.renewLead(other, until: far(store)), "another token")
        other = lease
        other.boot = BootID("b")
        try check(try !store.renewLead(other, until: far(store)), "another boot")
        try check(try store.renewLead(lease, until: store.now), "given up")
        try check(try !store.renewLead(lease, until: far(store)), "renewed after its end")
      }
    },
    StoreConformance("a boot is alive until it has ended") { store in
      try await store.write { store in
        try check(try !store.isLive(BootID("a")), "an unknown boot")
        try store.insert(bootRecord("a", store.now))
        try check(try store.isLive(BootID("a")), "a living boot")
        try store.end(BootID("a"), cause: "proven_dead")
        try check(try !store.isLive(BootID("a")), "an ended boot")
      }
    },
  ]

  // MARK: - Plans

  private static let planning = [
    StoreConformance("a job is kept as it was saved") { store in
      var job = JobRecord(
        org: Sample.org(), name: .financialAnalysis, pausedAt: Sample.later(1),
        schedule: "0 7 * * *", missed: .skip, plan: "0 7 * * * UTC", nextAt: Sample.later(2),
        failures: 3)
      let first = job
      try await store.write { store in
        try store.save(try Sample.organisation())
        try store.save(first)
        try same(try store.job(Sample.org(), .financialAnalysis), first, "as saved")
        try check(try store.job(Sample.org(), .expire) == nil, "another job")
      }
      job.pausedAt = nil
      job.schedule = nil
      job.missed = nil
      job.nextAt = nil
      job.failures = 0
      let second = job
      try await store.write { store in
        try store.save(second)
        try same(try store.job(Sample.org(), .financialAnalysis), second, "as replaced")
      }
    },
    StoreConformance("due are jobs that are on and not under way, by their instant") { store in
      try await store.write { store in
        try store.save(try Sample.organisation())
        for (name, at) in [(JobName.retention, 10), (.expire, 20), (.reconcile, 30)] {
          try store.save(job(name, at: Int64(at)))
        }
        func due(_ at: Int64, limit: Int = 9) throws -> [JobName] {
          try store.dueJobs(at: Sample.later(at), limit: limit).map(\.name)
        }
        try same(try due(9), [], "before")
        try same(try due(20), [.retention, .expire], "at the second")
        try same(try due(99, limit: 2), [.retention, .expire], "up to the limit")
        var paused = job(.retention, at: 10)
        paused.pausedAt = Sample.start
        try store.save(paused)
        try check(try store.begin(run(.expire, at: 20)), "not begun")
        try same(try due(99), [.reconcile], "without those off and under way")
        var unplanned = job(.reconcile, at: 30)
        unplanned.nextAt = nil
        try store.save(unplanned)
        try same(try due(99), [], "without one that has no plan")
      }
    },
  ]

  // MARK: - Runs

  private static let running = [
    StoreConformance("an instant of a job is run for once, and a job never overlaps itself") {
      store in
      try await store.write { store in
        try store.save(try Sample.organisation())
        for name in JobName.allCases { try store.save(job(name, at: 1)) }
        try check(try store.begin(run(.expire, at: 20)), "the first")
        try check(try !store.begin(run(.expire, at: 20)), "the same instant")
        try check(try !store.begin(run(.expire, at: 30)), "another while one is under way")
        try check(try store.begin(run(.retention, at: 20)), "another job")
        var ended = run(.expire, at: 20)
        (ended.state, ended.endedAt) = (.succeeded, Sample.later(25))
        ended.result = ["expired": 2]
        var foreign = ended
        foreign.boot = BootID("somebody")
        try check(try !store.finish(foreign), "by another boot")
        try check(try store.finish(ended), "by its own")
        try check(try !store.finish(ended), "twice")
        try same(try store.jobRuns(Sample.org(), .expire, limit: 9), [ended], "as ended")
        try check(try !store.begin(run(.expire, at: 20)), "the same instant later")
        try check(try store.begin(run(.expire, at: 30)), "the next")
        try same(try store.runningJob(Sample.org(), .expire)?.scheduledAt, Sample.later(30), "it")
      }
    },
    StoreConformance("the history is newest first, of one job or all") { store in
      try await store.write { store in
        try store.save(try Sample.organisation())
        for name in JobName.allCases { try store.save(job(name, at: 1)) }
        for (name, at) in [(JobName.expire, 1), (.retention, 2), (.expire, 3)] {
          try check(try store.begin(ended(name, at: Int64(at))), "not noted")
        }
        func times(_ name: JobName?, _ limit: Int = 9) throws -> [Int64] {
          try store.jobRuns(Sample.org(), name, limit: limit)
            .map { $0.scheduledAt.milliseconds - Sample.start.milliseconds }
        }
        try same(try times(nil), [3, 2, 1], "all")
        try same(try times(.expire), [3, 1], "of one")
        try same(try times(nil, 2), [3, 2], "up to the limit")
        try same(try store.jobRuns(Sample.org("other"), nil, limit: 9), [], "of another org")
      }
    },
    StoreConformance("stranded are runs of boots that are not alive") { store in
      try await store.write { store in
        try store.save(try Sample.organisation())
        for name in JobName.allCases { try store.save(job(name, at: 1)) }
        try store.insert(bootRecord("boot-1", store.now))
        try check(try store.begin(run(.expire, at: 1)), "not begun")
        var unknown = run(.retention, at: 1)
        unknown.boot = BootID("never-there")
        try check(try store.begin(unknown), "not begun")
        try same(try store.strandedJobRuns().map(\.name), [.retention], "of no known boot")
        try store.end(Sample.boot, cause: "proven_dead")
        try same(
          try store.strandedJobRuns().map(\.name), [.expire, .retention], "of a dead one too")
      }
    },
    StoreConformance("old runs are erased, and what is under way stays") { store in
      try await store.write { store in
        try store.save(try Sample.organisation())
        for name in JobName.allCases { try store.save(job(name, at: 1)) }
        for at in 1...6 { _ = try store.begin(ended(.expire, at: Int64(at))) }
        _ = try store.begin(run(.expire, at: 0))
        _ = try store.begin(ended(.retention, at: 1))
        func erase(_ before: Int64, keeping: Int) throws -> Int {
          try store.eraseJobRuns(
            Sample.org(), .expire, before: Sample.later(before), keeping: keeping)
        }
        try same(try erase(3, keeping: 100), 2, "by age")
        try same(try erase(0, keeping: 2), 2, "by number")
        try same(try erase(0, keeping: 2), 0, "again")
        try same(
          try store.jobRuns(Sample.org(), nil, limit: 9).count, 4, "two, one under way, another's")
      }
    },
    StoreConformance("overdue actions are those of one org") { store in
      var pending = Sample.action(1)
      pending.expiresAt = Sample.later(10)
      var approved = Sample.action(2, .approved)
      approved.executeBy = Sample.later(20)
      var foreign = Sample.action(3, org: Sample.org("other"))
      foreign.expiresAt = Sample.later(10)
      let all = [pending, approved, foreign, Sample.action(4), Sample.action(5, .completed)]
      try await store.put(all, orgs: [Sample.org(), Sample.org("other")])
      try await store.read { store in
        func overdue(_ at: Int64, limit: Int = 9) throws -> [ActionID] {
          try store.overdue(Sample.org(), at: Sample.later(at), limit: limit).map(\.id)
        }
        try same(try overdue(9), [], "before")
        try same(try overdue(10), [Sample.id(1)], "at the first")
        try same(try overdue(20), [Sample.id(1), Sample.id(2)], "at both")
      }
    },
    StoreConformance("the queue's depth counts live actions of one org by status and hold") {
      store in
      var held = Sample.action(2, .approved)
      held.hold = Hold(reason: .coolDown, until: Sample.later(5))
      let all = [
        Sample.action(1), held, Sample.action(3, .approved), Sample.action(4, .approved),
        Sample.action(5, .executing), Sample.action(6, .completed),
        Sample.action(7, org: Sample.org("other")),
      ]
      try await store.put(all, orgs: [Sample.org(), Sample.org("other")])
      let depth = try await store.read { try $0.queueDepth(Sample.org()) }
      try same(
        Set(depth),
        [
          QueueDepth(status: .pendingApproval, hold: nil, count: 1),
          QueueDepth(status: .approved, hold: .coolDown, count: 1),
          QueueDepth(status: .approved, hold: nil, count: 2),
          QueueDepth(status: .executing, hold: nil, count: 1),
        ], "the depth")
    },
    StoreConformance("a timer can be asked for, and is removed once") { store in
      let timer = DurableTimer(
        org: Sample.org(), kind: .reconcile, subject: "email", due: Sample.later(20))
      try await store.write { store in
        try store.put(timer)
        try same(
          try store.timer(Sample.org(), .reconcile, subject: "email"), Sample.later(20), "its due")
        try check(try store.timer(Sample.org(), .reconcile, subject: "sms") == nil, "another")
        try check(try store.remove(timer), "not removed")
        try check(try !store.remove(timer), "removed twice")
      }
    },
  ]

  // MARK: - Values

  private static func far(_ store: any StoreReading) -> Instant {
    store.now.advanced(by: .seconds(3600))
  }

  private static func bootRecord(_ name: String, _ at: Instant) -> BootRecord {
    BootRecord(
      id: BootID(name), host: "host", processID: 42,
      life: BootLife(kernelBoot: "kernel", leaseEndsAt: 15_000), startedAt: at)
  }

  private static func job(_ name: JobName, at: Int64) -> JobRecord {
    JobRecord(org: Sample.org(), name: name, plan: "plan", nextAt: Sample.later(at))
  }

  private static func run(_ name: JobName, at: Int64) -> JobRun {
    JobRun(
      org: Sample.org(), name: name, scheduledAt: Sample.later(at), cause: .schedule,
      boot: Sample.boot, startedAt: Sample.later(at))
  }

  private static func ended(_ name: JobName, at: Int64) -> JobRun {
    var run = run(name, at: at)
    (run.state, run.endedAt, run.errorCode) = (.failed, Sample.later(at + 1), "store.busy")
    return run
  }
}
