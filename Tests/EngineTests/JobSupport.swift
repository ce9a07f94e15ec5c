import ActionProtocol
import Decisions
import Engine
import Store
import TestSupport

/// A process with a scheduler of its own on a house's database.
struct JobProcess: Sendable {
  let life: ProcessLife
  let scheduler: Scheduler

  init(_ house: EngineHouse) async throws {
    life = ProcessLife(house.context)
    try await life.begin()
    scheduler = Scheduler(house.context, process: life)
  }

  /// A heartbeat and a look, as a process that lives does both all the time.
  @discardableResult
  func look() async throws -> Bool {
    try await life.heartbeat()
    return try await scheduler.lookOnce()
  }

  /// Ends as a power cut would: nothing is said to anybody, and the kernel frees the lock.
  func die(_ house: EngineHouse) async throws {
    guard let boot = life.boot else { return }
    await house.context.liveness.release(boot)
  }
}

extension EngineHouse {
  var jobs: Jobs { Jobs(context) }

  func history(_ name: JobName) async throws -> [JobRun] {
    try await jobs.history(org, name, limit: 1000)
  }

  func job(_ name: JobName) async throws -> Jobs.Entry? {
    try await jobs.list(org).entries.first { $0.job.name == name }
  }

  /// Sets a job's schedule, so that it alone is due when a test says so.
  func plan(_ name: JobName, _ schedule: String, _ rule: MissedRunRule = .runOnce) async throws {
    _ = try await jobs.set(
      org, name, schedule: .own(schedule), missed: .own(rule), by: .tester, via: "test")
  }

  /// Makes every reminder analysis fail: the stored ladder's org has no readable books.
  func breakTheBooks() async throws {
    _ = try await database.write { sql in
      try sql.execute("ALTER TABLE invoices RENAME TO invoices_gone", [])
    }
  }

  func mendTheBooks() async throws {
    _ = try await database.write { sql in
      try sql.execute("ALTER TABLE invoices_gone RENAME TO invoices", [])
    }
  }
}

extension Instant {
  /// RFC 3339 without a fraction; only whole seconds look like that.
  var toTheSecond: String { rfc3339.replacing(".000Z", with: "Z") }
}
