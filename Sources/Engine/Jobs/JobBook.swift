import ActionProtocol
import Decisions

/// The changes of a job's state, each inside one write transaction.
struct JobBook {
  /// What a claim came to.
  enum Claim: Sendable {
    /// It is this process's to carry out.
    case run(JobRun)
    /// Missed, and left out by its rule.
    case leftOut(JobRun)
    /// Somebody was faster, it is off, or its instant has not come.
    case nothing
  }

  let store: any StoreTransaction

  // MARK: - Planning

  /// The job's row, planned from its schedule and the org's zone. Written only where that changed.
  /// - Throws: store errors; a schedule that cannot be read plans nothing.
  func planned(_ organisation: Organisation, _ name: JobName) throws -> JobRecord {
    let stored = try store.job(organisation.id, name)
    var job = stored ?? JobRecord(org: organisation.id, name: name)
    let setting = try? JobSetting(job, organisation)  // unreadable: not planned, and shown as such
    let plan = setting?.plan ?? "unreadable"
    guard stored == nil || job.plan != plan else { return job }
    job.plan = plan
    job.nextAt = setting?.next(after: store.now)
    try store.save(job)
    return job
  }

  /// Ends the runs of processes that are no more. Each counts as a failure, so that a job which
  /// takes its process down waits longer each time.
  /// - Returns: the runs.
  func abandonStranded() throws -> [JobRun] {
    try store.strandedJobRuns().filter { try finish($0, .died) }
  }

  // MARK: - Running

  /// Claims the run that is due, if one is.
  /// - Parameter lease: must still hold when this transaction is committed; it is read here under
  ///   the writer's lock.
  func claim(_ org: OrgID, _ name: JobName, _ lease: LeaderLease) throws -> Claim {
    guard try holds(lease), var job = try store.job(org, name), job.pausedAt == nil,
      let planned = job.nextAt, planned <= store.now, try store.runningJob(org, name) == nil,
      let organisation = try store.organisation(org),
      let setting = try? JobSetting(job, organisation)  // planned() has said that it is unreadable
    else { return .nothing }
    let (run, missed) = due(job, planned, setting)
    job.nextAt = setting.next(after: store.now)
    try store.save(job)
    let isLate = missed != nil && (run == nil || run == missed)
    var entry = JobRun(
      org: org, name: name, scheduledAt: run ?? missed ?? planned,
      cause: job.failures > 0 ? .retry : isLate ? .missed : .schedule, boot: lease.boot,
      startedAt: store.now)
    guard run == nil else { return try store.begin(entry) ? .run(entry) : .nothing }
    (entry.state, entry.endedAt) = (.skipped, store.now)
    return try store.begin(entry) ? .leftOut(entry) : .nothing
  }

  /// A job that failed is tried again at an instant outside its schedule, however late.
  private func due(
    _ job: JobRecord, _ planned: Instant, _ setting: JobSetting
  ) -> (run: Instant?, missed: Instant?) {
    guard job.failures == 0 else { return (planned, nil) }
    let due = JobPlan.due(
      planned: planned, now: store.now, schedule: setting.schedule, zone: setting.zone,
      rule: setting.rule)
    return (due.run, due.missed)
  }

  /// Begins a run that somebody asked for, also of a job that is off.
  /// - Returns: nil when a run is under way already.
  func begin(_ organisation: Organisation, _ name: JobName, boot: BootID) throws -> JobRun? {
    _ = try planned(organisation, name)
    let run = JobRun(
      org: organisation.id, name: name, scheduledAt: store.now, cause: .person, boot: boot,
      startedAt: store.now)
    return try store.begin(run) ? run : nil
  }

  private func holds(_ lease: LeaderLease) throws -> Bool {
    guard let leader = try store.leader() else { return false }
    return leader.boot == lease.boot && leader.token == lease.token && leader.expiresAt > store.now
  }

  // MARK: - Ending

  /// How a run ended.
  enum Ending: Sendable {
    case succeeded(JSONObject)
    case failed(code: String)
    /// Its process was asked to stop; the next leader does it.
    case stopped
    /// Its process died.
    case died
  }

  /// Records the end of a run and when the job runs next.
  /// - Returns: false when the run was not under way any more; then somebody else has recorded it.
  @discardableResult
  func finish(_ run: JobRun, _ ending: Ending) throws -> Bool {
    guard try store.finish(run.ended(ending, at: store.now)) else { return false }
    guard var job = try store.job(run.org, run.name),
      let organisation = try store.organisation(run.org)
    else { return true }
    switch ending {
    case .succeeded:
      let hadFailed = job.failures > 0
      job.failures = 0
      if hadFailed, run.cause == .person {
        let setting = try? JobSetting(job, organisation)  // unreadable: stays unplanned
        job.nextAt = setting?.next(after: store.now)
      }
    case .failed, .died:
      guard run.cause != .person else { return true }
      job.failures += 1
      job.nextAt = store.now.advanced(by: JobPlan.wait(afterFailures: job.failures))
    case .stopped:
      guard run.cause != .person else { return true }
      // Due at once; an instant of its own, because each has one run.
      job.nextAt = run.scheduledAt.advanced(by: .milliseconds(1))
    }
    try store.save(job)
    return true
  }
}

extension JobRun {
  /// The run with its end.
  func ended(_ ending: JobBook.Ending, at now: Instant) -> JobRun {
    var run = self
    run.endedAt = now
    switch ending {
    case .succeeded(let result): (run.state, run.result) = (.succeeded, result)
    case .failed(let code): (run.state, run.errorCode) = (.failed, code)
    case .stopped: (run.state, run.errorCode) = (.abandoned, "stopped")
    case .died: (run.state, run.errorCode) = (.abandoned, "process_died")
    }
    return run
  }
}
