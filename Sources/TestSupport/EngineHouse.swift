import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import Insights
import Logging
import SQLiteDriver
import Store

/// A whole engine on a database of its own, with a clock that stands still and a scripted way out.
/// Deletes its files when the last reference goes.
///
/// The database is a file; with `AIOM_TEST_STORE=postgresql` a schema of the tests' PostgreSQL, so that
/// the same tests run on both.
public final class EngineHouse: Sendable {
  public let folder: String
  public let clock: TestClock
  public let channel = ScriptedChannel()
  /// Asked where the org's books are outside.
  public let outside = ScriptedBooks()
  public let database: any SQLDatabase
  private let reopening: @Sendable () throws -> any SQLDatabase
  public let store: any StorePort
  public let context: EngineContext
  public let org: OrgID

  /// - Parameters:
  ///   - start: where the clock stands, RFC 3339.
  ///   - undoSeconds: 0 executes at once.
  ///   - policy: what the org begins with.
  public init(
    at start: String = "2026-03-04T15:00:00Z", undoSeconds: Int = 0, drafting: any MessageDrafting,
    window: (start: String, end: String, days: [Int]) = ("09:00", "17:00", [1, 2, 3, 4, 5]),
    zone: String = "America/New_York", configuration: EngineConfiguration = EngineConfiguration(),
    policy: Policy = EngineHouse.everythingAsks
  ) async throws {
    folder = NSTemporaryDirectory() + "aiom-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    clock = TestClock(start)
    let clock = clock
    let path = folder + "/aiom.sqlite"
    if Self.isOnFile {
      reopening = { try SQLiteDatabase(path: path, clock: { clock.now }) }
    } else {
      reopening = try await TestDatabases.onServer { clock.now }
    }
    database = try reopening()
    let store = SQLStore(database: database, entropy: .system)
    _ = try await store.migrate()
    self.store = store
    var context = EngineContext(
      store: store, channels: channel, blobs: NoBlobs(), drafting: drafting,
      liveness: try ClockedLiveness(databasePath: folder + "/aiom.sqlite", clock), entropy: .system,
      configuration: configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    context.books = outside
    self.context = context
    let made = Organisation(
      profile: .sample("acme-books", zone: zone, window: window), mode: .sandbox,
      sender: try Mailbox("Harbor Books <billing@harbor.example>"), undoSeconds: undoSeconds,
      outreach: Self.rules, createdAt: clock.now)
    org = made.id
    try await store.write { store in
      try store.save(made)
      try store.beginPolicy(policy, of: made.id, by: .tester, via: "test")
    }
  }

  /// Nothing goes by itself and nothing is refused: the owner approves everything.
  public static let everythingAsks = Policy(name: "everything-asks", rules: [])

  /// The standard, but that the org's own caps leave room for the work of a test, and what waits for an
  /// opening goes at the opening.
  private static let rules: OutreachRules = {
    var rules = OutreachRules(drain: DrainPace(spread: .zero, perMinute: 10_000))
    for cap in OutreachCaps.all where cap.subject == .org && rules.caps[cap] != nil {
      rules.caps[cap] = 100_000
    }
    return rules
  }()

  /// Whether houses keep their database in a file, which a test may look into.
  public static let isOnFile =
    ProcessInfo.processInfo.environment["AIOM_TEST_STORE"] != "postgresql"

  /// The same database opened once more, as another process would.
  public func reopened() throws -> any SQLDatabase { try reopening() }

  deinit { FileManager.default.removeTemporary(folder) }

  /// Carries out what is due now, as a process of its own.
  @discardableResult
  public func run(_ ids: [ActionID]? = nil) async throws -> [ExecutionReport] {
    let process = ProcessLife(context)
    try await process.begin()
    let reports = try await Pipeline(context, process: process).run(org: org, ids: ids)
    try await process.end()
    return reports
  }

  /// Changes the org's settings.
  public func change(_ change: @escaping @Sendable (inout Organisation) -> Void) async throws {
    let org = org
    try await store.write { store in
      guard var organisation = try store.organisation(org) else { return }
      let old = organisation.outreach
      change(&organisation)
      try store.save(organisation)
      try store.lookAgain(org, after: old, became: organisation.outreach)
    }
  }

  /// Puts rows into the ledger, true as of the clock's now.
  public func books(_ rows: [LedgerRow]) async throws {
    let org = org
    let asOf = clock.now
    try await store.write { store in
      for row in rows {
        let result = try store.upsert(org, row, asOf: asOf)
        if case .rejected(let column, let problem, _) = result {
          throw StoreError(code: "constraint", detail: "\(column): \(problem)")
        }
      }
    }
  }

  /// Approves what is pending under an id as it stands.
  @discardableResult
  public func approve(_ id: ActionID) async throws -> ActionState {
    let state = try await state(id)
    return try await Approvals(context).approve(
      org, id, digest: state.digest, by: .tester, via: "test")
  }

  public func state(_ id: ActionID) async throws -> ActionState {
    let org = org
    guard let state = try await store.read({ try $0.action(org, id) }) else {
      throw StoreError(code: "not_found", detail: "the action of a test")
    }
    return state
  }
}

/// Real locks, and a lease clock that stands still with the test's: no busy machine makes it run out.
public struct ClockedLiveness: LivenessPort {
  private let locks: FlockLiveness
  private let clock: TestClock

  public init(databasePath: String, _ clock: TestClock) throws {
    locks = try FlockLiveness(databasePath: databasePath)
    self.clock = clock
  }

  public var kernelBoot: String { locks.kernelBoot }
  public func monotonicNow() -> Int64 { clock.now.milliseconds }
  public func hold(_ boot: BootID) throws { try locks.hold(boot) }
  public func release(_ boot: BootID) { locks.release(boot) }
  public func isFree(_ boot: BootID) -> Bool { locks.isFree(boot) }
}

/// A blob store that has nothing.
public struct NoBlobs: BlobPort {
  public init() {}
  public func put(_ bytes: [UInt8]) throws -> Digest { Digest.sha256(bytes) }
  public func file(_ digest: Digest) throws -> BlobFile? { nil }
}

extension Author {
  /// The person who decides in tests.
  public static let tester = Author(rawValue: "person:local:tester").unsafelyUnwrapped
}
