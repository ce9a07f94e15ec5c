import ActionProtocol
import Decisions
import Logging
import Synchronization

/// Starts jobs when their time has come, each once, whatever the number of processes.
///
/// One process leads (``Lead``). Each run is claimed by inserting its row, which names job and
/// instant and is unique, in a transaction that checks the lease; so not even two processes that
/// both believe to lead run it twice.
public struct Scheduler: Sendable {
  /// New orgs, changed schedules and abandoned runs are looked for this often.
  private static let planning: Duration = .seconds(10)
  /// Jobs under way in this process at once; of those that may take long, as many besides.
  private static let width = 2

  private let context: EngineContext
  private let lead: Lead
  private let runner: JobRunner
  private let underWay = UnderWay()

  public init(_ context: EngineContext, process: ProcessLife) {
    self.context = context
    lead = Lead(context, process)
    runner = JobRunner(context: context)
  }

  /// Runs until cancelled; what is under way then is recorded, and the lead is free for others.
  public func run(poll: Duration = .seconds(1)) async {
    await withDiscardingTaskGroup { runs in
      var plansAt = ContinuousClock.now
      var token: Int64?
      while !Task.isCancelled {
        await guarding("jobs") {
          guard let lease = try await lead.keep() else { return }
          if token != lease.token || ContinuousClock.now >= plansAt {
            try await plan()
            token = lease.token
            plansAt = .now.advanced(by: Self.planning)
          }
          try await start(lease, in: &runs)
        }
        do { try await Task.sleep(for: poll) } catch { break }
      }
    }
    await Task { await guarding("lead") { try await lead.release() } }.value
  }

  /// One look: takes or keeps the lead, plans, and carries out what is due, one after the other.
  /// - Returns: whether this process leads.
  @discardableResult
  public func lookOnce() async throws -> Bool {
    guard let lease = try await lead.keep() else { return false }
    try await plan()
    for job in try await due() { try await runner.runDue(job.org, job.name, lease) }
    return true
  }

  /// Lets another process lead.
  public func release() async throws { try await lead.release() }

  private func start(
    _ lease: LeaderLease, in runs: inout DiscardingTaskGroup
  ) async throws {
    for job in try await due() {
      guard underWay.begin(job.org, job.name, atMost: Self.width) else { continue }
      runs.addTask {
        await guarding(job.name.rawValue) {
          try await runner.runDue(job.org, job.name, lease)
        }
        underWay.end(job.org, job.name)
      }
    }
  }

  private func due() async throws -> [JobRecord] {
    try await context.store.read { try $0.dueJobs(at: $0.now, limit: 50) }
  }

  private func plan() async throws {
    let hasNothingToPlan = try await context.store.read { store in
      try store.strandedJobRuns().isEmpty
        && store.organisations().allSatisfy { try JobPlanning.isPlanned($0, store) }
    }
    if hasNothingToPlan { return }
    let abandoned = try await context.store.write { store in
      let book = JobBook(store: store)
      for organisation in try store.organisations() {
        for name in JobName.allCases { _ = try book.planned(organisation, name) }
      }
      return try book.abandonStranded().map { $0.ended(.died, at: store.now) }
    }
    for run in abandoned { runner.note(run, took: nil) }
  }

  private func guarding(_ part: String, _ body: () async throws -> Void) async {
    do {
      try await body()
    } catch is CancellationError {
      return
    } catch {
      context.logger.error(
        "a part of the jobs failed", metadata: ["part": "\(part)", "error": "\(error)"])
    }
  }
}

/// Whether anything is left to plan, asked without a writer.
enum JobPlanning {
  static func isPlanned(_ organisation: Organisation, _ store: any StoreReading) throws -> Bool {
    try JobName.allCases.allSatisfy { name in
      guard let job = try store.job(organisation.id, name) else { return false }
      let setting = try? JobSetting(job, organisation)  // unreadable: planned as that
      return job.plan == (setting?.plan ?? "unreadable")
    }
  }
}

/// The jobs that this process carries out now.
private final class UnderWay: Sendable {
  private struct Key: Hashable {
    let org: OrgID
    let name: JobName
  }

  private let keys = Mutex<Set<Key>>([])

  func begin(_ org: OrgID, _ name: JobName, atMost width: Int) -> Bool {
    keys.withLock { keys in
      let alike = keys.count { $0.name.isLong == name.isLong }
      return alike < width && keys.insert(Key(org: org, name: name)).inserted
    }
  }

  func end(_ org: OrgID, _ name: JobName) {
    keys.withLock { _ = $0.remove(Key(org: org, name: name)) }
  }
}
