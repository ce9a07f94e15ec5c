import ActionProtocol
import Decisions

/// How people look at jobs, switch them, set them and run them.
public struct Jobs: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// A job as it stands.
  public struct Entry: Hashable, Sendable {
    public var job: JobRecord
    /// Nil: the stored schedule cannot be read, and the job does not run.
    public var setting: JobSetting?
    /// The run under way.
    public var running: JobRun?
    /// The last run that ended; one that was left out is none.
    public var last: JobRun?
  }

  /// Who starts the jobs.
  public struct Leader: Hashable, Sendable {
    public var lease: LeaderLease
    public var host: String
    public var processID: Int
  }

  /// All jobs of an org, and who starts them now; nil: nobody does.
  public func list(_ org: OrgID) async throws -> (entries: [Entry], leader: Leader?) {
    try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      let entries = try JobName.allCases.map { try Self.entry($0, organisation, store) }
      return (entries, try Self.leader(store))
    }
  }

  /// Runs of one job or all, newest first.
  public func history(_ org: OrgID, _ name: JobName?, limit: Int) async throws -> [JobRun] {
    try await context.store.read { try $0.jobRuns(org, name, limit: limit) }
  }

  private static func entry(
    _ name: JobName, _ organisation: Organisation, _ store: any StoreReading
  ) throws -> Entry {
    var job =
      try store.job(organisation.id, name) ?? JobRecord(org: organisation.id, name: name)
    let setting = try? JobSetting(job, organisation)  // shown as one that cannot be read
    if job.plan != setting?.plan { job.nextAt = setting?.next(after: store.now) }
    let runs = try store.jobRuns(organisation.id, name, limit: 20)
    return Entry(
      job: job, setting: setting, running: try store.runningJob(organisation.id, name),
      last: runs.first { $0.state != .running && $0.state != .skipped })
  }

  private static func leader(_ store: any StoreReading) throws -> Leader? {
    guard let lease = try store.leader(), lease.expiresAt > store.now,
      let boot = try store.liveBoots().first(where: { $0.id == lease.boot })
    else { return nil }
    return Leader(lease: lease, host: boot.host, processID: boot.processID)
  }

  // MARK: - Switching and setting

  /// Switches a job off. A run under way goes on.
  /// - Returns: false when it was off already; nothing is changed then.
  public func pause(
    _ org: OrgID, _ name: JobName, by author: Author, via: String
  ) async throws -> Bool {
    try await change(org, name, by: author, via: via, kind: "job.paused") { job, _, now in
      guard job.pausedAt == nil else { return nil }
      job.pausedAt = now
      return [:]
    }
  }

  /// Switches a job on again, from its next planned instant on: what passed meanwhile was not
  /// missed.
  /// - Returns: false when it was on already.
  public func resume(
    _ org: OrgID, _ name: JobName, by author: Author, via: String
  ) async throws -> Bool {
    try await change(org, name, by: author, via: via, kind: "job.resumed") { job, setting, now in
      guard job.pausedAt != nil else { return nil }
      (job.pausedAt, job.failures) = (nil, 0)
      job.nextAt = setting?.next(after: now)
      return [:]
    }
  }

  /// What a setting is changed to.
  public enum Wish<Value: Hashable & Sendable>: Hashable, Sendable {
    case keep
    case standard
    case own(Value)

    fileprivate func applied(to value: Value?) -> Value? {
      switch self {
      case .keep: value
      case .standard: nil
      case .own(let own): own
      }
    }
  }

  /// Sets an org's own schedule and rule of a job.
  /// - Throws: ``CronError`` for a text that is no schedule; nothing is changed then.
  /// - Returns: false when that is how it was.
  public func set(
    _ org: OrgID, _ name: JobName, schedule: Wish<String>, missed: Wish<MissedRunRule>,
    by author: Author, via: String
  ) async throws -> Bool {
    var wanted = schedule
    if case .own(let text) = schedule { wanted = .own(try CronSchedule(text).expression) }
    let parsed = wanted
    return try await change(org, name, by: author, via: via, kind: "job.set") { job, _, _ in
      let old = job
      job.schedule = parsed.applied(to: job.schedule)
      job.missed = missed.applied(to: job.missed)
      guard job != old else { return nil }
      return [
        "schedule": .string(job.schedule ?? "standard"),
        "missed": .string(job.missed?.rawValue ?? "standard"),
      ]
    }
  }

  /// Changes a job with its audit entry; the plan follows in the same transaction.
  private func change(
    _ org: OrgID, _ name: JobName, by author: Author, via: String, kind: String,
    _ body: @escaping @Sendable (inout JobRecord, JobSetting?, Instant) -> JSONObject?
  ) async throws -> Bool {
    try Approvals.mustBePerson(author)
    return try await context.store.write { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      let book = JobBook(store: store)
      var job = try book.planned(organisation, name)
      let setting = try? JobSetting(job, organisation)  // unreadable: may be set anew
      guard let details = body(&job, setting, store.now) else { return false }
      try store.save(job)
      _ = try book.planned(organisation, name)
      try store.append(
        [Self.event(kind, name, by: author, via: via, details: details)], org: org)
      return true
    }
  }

  private static func event(
    _ kind: String, _ name: JobName, by author: Author, via: String, details: JSONObject
  ) -> AuditEvent {
    AuditEvent(
      kind: kind, actor: author.rawValue, via: via, subject: "job:\(name.rawValue)",
      details: details)
  }

  // MARK: - Running

  /// Runs a job now, in this process, whether it is on or off.
  /// - Parameter process: begun; while it lives nobody takes its run for abandoned.
  /// - Parameter work: what is done instead of what the job does by itself, such as more of it.
  /// - Throws: ``DecisionError`` when a run is under way already; store errors.
  /// - Returns: the run as it ended.
  public func run(
    _ org: OrgID, _ name: JobName, process: ProcessLife, by author: Author, via: String,
    doing work: (@Sendable () async throws -> JSONObject)? = nil
  ) async throws -> JobRun {
    try Approvals.mustBePerson(author)
    guard let boot = process.boot else { throw ProcessLifeError.notBegun }
    let run = try await context.store.write { store -> JobRun? in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      let run = try JobBook(store: store).begin(organisation, name, boot: boot)
      guard run != nil else { return nil }
      try store.append(
        [Self.event("job.run_requested", name, by: author, via: via, details: [:])], org: org)
      return run
    }
    guard let run else { throw Self.isUnderWay(name) }
    return try await JobRunner(context: context).carryOut(run, doing: work)
  }

  private static func isUnderWay(_ name: JobName) -> DecisionError {
    DecisionError(
      .conflict, "job.running", "A run of \(name.rawValue) is under way.",
      remedy: "Wait for its end: aiom job list.")
  }
}
