import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import Insights
import Logging
import SQLiteDriver
import Store
import TestSupport

/// An engine on a database that can fail, made from a file that was prepared once.
final class FaultWorld: Sendable {
  static let org = OrgID(rawValue: "acme-books").unsafelyUnwrapped
  static let address = "billing@acmecorp.example"
  static let id = ActionID(rawValue: "action-under-test").unsafelyUnwrapped

  let folder: TestFolder
  let database: any SQLDatabase
  /// The same database, opened once more.
  let reopened: @Sendable () throws -> any SQLDatabase
  let plan: FaultPlan
  let channel = ScriptedChannel()
  let liveness: TestLiveness
  /// Everything that may fail works on this one.
  let faulty: EngineContext
  /// What looks on, and what comes after the fault.
  let sound: EngineContext
  /// Messages that left before this world began.
  let earlier: [String]

  var store: any StorePort { sound.store }

  /// - Parameter template: the prepared database; nil for a migrated one with an org and books.
  init(_ template: Template?) async throws {
    folder = try TestFolder()
    for (suffix, bytes) in template?.files ?? [:] {
      try bytes.write(to: URL(filePath: folder.file + suffix))
    }
    earlier = template?.sent ?? []
    plan = FaultPlan()
    let folder = folder
    reopened = { try folder.open() }
    database = try reopened()
    liveness = TestLiveness(now: template?.monotonicEnd ?? 1_000_000)
    sound = Self.context(SQLStore(database: database, entropy: .system), channel, liveness)
    faulty = Self.context(
      SQLStore(database: FaultyDatabase(base: database, plan: plan), entropy: .system), channel,
      liveness)
    if template == nil { try await fill() }
  }

  /// On a server: migrated, with an org and books. What comes before the faults is done anew in each.
  init(onServer grain: FaultPlan.Grain) async throws {
    folder = try TestFolder()
    earlier = []
    plan = FaultPlan(grain)
    reopened = try await TestDatabases.onServer { TestFolder.now }
    database = try reopened()
    liveness = TestLiveness(now: 1_000_000)
    sound = Self.context(SQLStore(database: database, entropy: .system), channel, liveness)
    faulty = Self.context(
      SQLStore(database: FaultyDatabase(base: database, plan: plan), entropy: .system), channel,
      liveness)
    try await fill()
  }

  deinit { try? (database as? SQLiteDatabase)?.close() }  // a temporary file

  /// A prepared database as bytes, and what had left the house by then.
  struct Template: Sendable {
    /// The file and its log, by suffix: a closed pool may leave its last commits in the log.
    let files: [String: Data]
    let sent: [String]
    let monotonicEnd: Int64
  }

  func template() throws -> Template {
    let sent = earlier + channel.calls.map(\.operation.rawValue)
    liveness.everybodyDies()
    try (database as? SQLiteDatabase)?.close()
    var files: [String: Data] = [:]
    for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: folder.file + suffix) {
      files[suffix] = try Data(contentsOf: URL(filePath: folder.file + suffix))
    }
    return Template(files: files, sent: sent, monotonicEnd: liveness.monotonicNow())
  }

  private static func context(
    _ store: SQLStore, _ channel: ScriptedChannel, _ liveness: TestLiveness
  ) -> EngineContext {
    EngineContext(
      store: store, channels: channel, blobs: NoBlobs(), drafting: NoDrafting(),
      liveness: liveness, entropy: .system,
      configuration: EngineConfiguration(publicURL: "https://aiom.example"),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private func fill() async throws {
    _ = try await SQLStore(database: database, entropy: .system).migrate()
    let organisation = Organisation(
      profile: CompanyProfile(
        orgID: Self.org, name: "Harbor Books", legalName: "Harbor Books LLC", postalAddress: nil,
        country: "US", zone: TimeZone(identifier: "America/New_York").unsafelyUnwrapped,
        currency: Currency(code: "USD").unsafelyUnwrapped, locale: "en_US", windowStart: "09:00",
        windowEnd: "17:00", windowDays: [1, 2, 3, 4, 5]),
      mode: .sandbox, sender: try Mailbox("Harbor Books <billing@harbor.example>"),
      undoSeconds: 0, createdAt: TestFolder.now)
    let partner = PartnerRow(
      externalID: "acme", name: "Acme Corp", email: try EmailAddress(Self.address))
    try await store.write { store in
      try store.save(organisation)
      _ = try store.upsert(Self.org, .partner(partner), asOf: TestFolder.now)
    }
  }
}

// MARK: - Steps

extension FaultWorld {
  func submit(_ context: EngineContext) async throws {
    let proposal = Proposal(
      actionID: Self.id, orgID: Self.org,
      operation: .email(
        .xSendCustomMessage,
        SendEmail(
          to: [try EmailAddress(Self.address)], subject: "Our new opening hours",
          bodyText: "We are open longer from Monday on.")),
      idempotencyKey: IdempotencyKey(rawValue: "opening-hours"),
      expectedEffect: "The customer knows our new hours.",
      reasoning: "The opening hours change next week.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [1], partnerID: PartnerID(rawValue: 1),
        partnerName: "Acme Corp"))
    let outcome = try await Intake(context).submit(proposal, by: .tester, via: "test")
    guard outcome.state != nil else { throw StoreError(code: "test", detail: "\(outcome)") }
  }

  func approve(_ context: EngineContext) async throws {
    let digest = try await state()?.digest ?? Digest.sha256([])
    _ = try await Approvals(context).approve(
      Self.org, Self.id, digest: digest, by: .tester, via: "test")
  }

  func reject(_ context: EngineContext) async throws {
    _ = try await Approvals(context).reject(
      Self.org, Self.id, reason: "not now", by: .tester, via: "test")
  }

  func edit(_ context: EngineContext) async throws {
    _ = try await Approvals(context).edit(
      Self.org, Self.id, ActionEdit(subject: "Our new hours"), by: .tester, via: "test")
  }

  /// Carries out what is due, as a process of its own that dies where a fault meets it.
  func run(_ context: EngineContext) async throws {
    let process = ProcessLife(context)
    try await process.begin()
    try await Pipeline(context, process: process).run(org: Self.org)
    try await process.end()
  }

  func settle(_ context: EngineContext, _ answer: UnknownAnswer) async throws {
    _ = try await Approvals(context).settle(
      Self.org, Self.id, answer: answer, reason: "asked the customer", by: .tester, via: "test")
  }

  func recover(_ context: EngineContext) async throws { try await Recovery(context).recover() }

  func state() async throws -> ActionState? {
    try await store.read { try $0.action(Self.org, Self.id) }
  }

  /// Operation ids of everything that left the house, ever.
  var sent: [String] { earlier + channel.calls.map(\.operation.rawValue) }
}
