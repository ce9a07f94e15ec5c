import ActionProtocol
import Decisions

/// A job that is run again and again for every org.
public enum JobName: String, CaseIterable, Hashable, Sendable {
  /// Ends what nobody decided or carried out in time.
  case expire
  /// Makes sure that every call of unknown outcome is looked for.
  case reconcile
  /// Takes over what changed in the org's own system.
  case sync
  /// Looks for overdue invoices and proposes what to do.
  case financialAnalysis = "financial_analysis"
  case salesAnalysis = "sales_analysis"
  /// Looks at tasks and projects, and at customers who owe and are being sold to.
  case taskAnalysis = "task_analysis"
  /// Tells in the morning what happened, what waits and what is planned.
  case briefing
  /// Tells in the evening what the day brought.
  case eveningSummary = "evening_summary"
  /// Tells persons by e-mail what waits for them and what rules want them to know.
  case notices
  /// Erases personal data and history that are kept for a limited time.
  case retention
}

/// Who may start jobs: one process at a time, for a while.
public struct LeaderLease: Hashable, Sendable {
  public var boot: BootID
  /// Rises whenever the lead changes hands; every claim of a job names it.
  public var token: Int64
  public var takenAt: Instant
  /// In the database's time.
  public var expiresAt: Instant

  public init(boot: BootID, token: Int64, takenAt: Instant, expiresAt: Instant) {
    self.boot = boot
    self.token = token
    self.takenAt = takenAt
    self.expiresAt = expiresAt
  }
}

/// How a job of an org is set and when it runs next.
public struct JobRecord: Hashable, Sendable {
  public var org: OrgID
  public var name: JobName
  /// Since when it is switched off; nil: it is on.
  public var pausedAt: Instant?
  /// The org's own schedule; nil: the default.
  public var schedule: String?
  /// The org's own rule; nil: the default.
  public var missed: MissedRunRule?
  /// The schedule and the zone that `nextAt` was computed from.
  public var plan: String
  /// Nil: never, because it is not planned yet or its schedule cannot be read.
  public var nextAt: Instant?
  /// Failures in a row.
  public var failures: Int

  public init(
    org: OrgID, name: JobName, pausedAt: Instant? = nil, schedule: String? = nil,
    missed: MissedRunRule? = nil, plan: String = "", nextAt: Instant? = nil, failures: Int = 0
  ) {
    self.org = org
    self.name = name
    self.pausedAt = pausedAt
    self.schedule = schedule
    self.missed = missed
    self.plan = plan
    self.nextAt = nextAt
    self.failures = failures
  }
}

/// One run of a job, or that it was left out.
public struct JobRun: Hashable, Sendable {
  public enum Cause: String, CaseIterable, Hashable, Sendable {
    /// Its planned instant came.
    case schedule
    /// Its planned instant had passed while nobody ran it.
    case missed
    /// The run before failed.
    case retry
    /// Somebody asked for it.
    case person
  }

  public enum State: String, CaseIterable, Hashable, Sendable {
    case running
    case succeeded
    case failed
    /// Its process died or was stopped.
    case abandoned
    /// Missed, and left out by the job's rule.
    case skipped
  }

  public var org: OrgID
  public var name: JobName
  /// What it runs for; unique per job.
  public var scheduledAt: Instant
  public var cause: Cause
  public var state: State
  public var boot: BootID
  public var startedAt: Instant
  public var endedAt: Instant?
  /// Why it did not succeed: a stable code.
  public var errorCode: String?
  /// What it did, in numbers.
  public var result: JSONObject

  public init(
    org: OrgID, name: JobName, scheduledAt: Instant, cause: Cause, state: State = .running,
    boot: BootID, startedAt: Instant, endedAt: Instant? = nil, errorCode: String? = nil,
    result: JSONObject = [:]
  ) {
    self.org = org
    self.name = name
    self.scheduledAt = scheduledAt
    self.cause = cause
    self.state = state
    self.boot = boot
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.errorCode = errorCode
    self.result = result
  }
}

/// Jobs: reading, inside a transaction.
public protocol JobReading {
  /// Who has, or last had, the lead; nil: nobody ever had.
  func leader() throws -> LeaderLease?
  /// Whether a boot has neither ended nor been declared dead.
  func isLive(_ boot: BootID) throws -> Bool
  func job(_ org: OrgID, _ name: JobName) throws -> JobRecord?
  /// Jobs that are on, whose instant has come and that no run of is under way; earliest first.
  func dueJobs(at now: Instant, limit: Int) throws -> [JobRecord]
  /// Runs of an org, or of one of its jobs, newest first.
  func jobRuns(_ org: OrgID, _ name: JobName?, limit: Int) throws -> [JobRun]
  /// The run of a job that is under way.
  func runningJob(_ org: OrgID, _ name: JobName) throws -> JobRun?
  /// Runs under way whose boot has ended or is proven dead.
  func strandedJobRuns() throws -> [JobRun]
  /// When a timer is due; nil where there is none.
  func timer(_ org: OrgID, _ kind: DurableTimer.Kind, subject: String) throws -> Instant?
  /// Pending and approved actions of an org whose decision or execution time is over.
  func overdue(_ org: OrgID, at now: Instant, limit: Int) throws -> [ActionState]
}

/// Jobs: writing, inside a transaction.
public protocol JobWriting {
  /// Prolongs the lead.
  /// - Returns: false when it is somebody else's, or its time is over.
  func renewLead(_ lease: LeaderLease, until: Instant) throws -> Bool
  /// Takes the lead from whoever had it, by compare-and-set.
  /// - Parameter previous: as read in this transaction; nil: nobody ever had it.
  /// - Returns: nil when somebody was faster.
  func takeLead(
    _ boot: BootID, from previous: LeaderLease?, until: Instant
  ) throws -> LeaderLease?
  /// Creates the job's row or replaces it.
  func save(_ job: JobRecord) throws
  /// Begins a run, or notes one that was left out. The schema allows one run per job and instant, and
  /// one under way per job.
  /// - Returns: false when there is one already; nothing is changed then.
  func begin(_ run: JobRun) throws -> Bool
  /// Notes the end of a run that is under way.
  /// - Returns: false when it is not, or is another boot's.
  func finish(_ run: JobRun) throws -> Bool
  /// Erases ended runs of a job that are older than `end`, or that are not among the newest
  /// `keeping`.
  /// - Returns: how many.
  func eraseJobRuns(
    _ org: OrgID, _ name: JobName, before end: Instant, keeping: Int
  ) throws -> Int
  /// Erases recipients of an org's events that are older, and bodies that could not be read.
  /// - Returns: how many, at most `limit`.
  func eraseRawEvents(_ org: OrgID, before end: Instant, limit: Int) throws -> Int
}
