import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Foundation
import Glibc
import Insights
import Logging
import SMTP2GO
import Sandbox
import Store
import TestSupport

/// A database, a sandbox on loopback, and the means to run `aiom` on both.
///
/// The recipients, the bodies and a key in the environment carry the markers that no log may show.
final class Installation: Sendable {
  static let plantedKey = "api-PLANTED0000000000000000000000000"
  static let plantedBody = "PLANTED-BODY-TEXT: the shop opens at nine."

  let folder: String
  let sandbox: SandboxServer
  let url: String
  let store: any StorePort
  let context: EngineContext
  let channels: SMTP2GOChannels
  let org: OrgID

  /// The file, where the database is one.
  var database: String { folder + "/aiom.sqlite" }
  let place: DatabaseUnderTest

  init(
    on kind: DatabaseUnderTest.Kind = .file,
    configure: (inout SandboxConfiguration) -> Void = { _ in }
  ) async throws {
    folder = NSTemporaryDirectory() + "aiom-e2e-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var configuration = SandboxConfiguration(port: 0, keys: [SandboxConfiguration.defaultKey])
    configuration.limitsRates = false
    configure(&configuration)
    sandbox = SandboxServer(configuration: configuration, logger: Self.silent)
    url = "http://127.0.0.1:\(try await sandbox.start())/v3"
    place = try await DatabaseUnderTest(kind, folder: folder)
    let store = SQLStore(database: place.database, entropy: .system)
    _ = try await store.migrate()
    self.store = store
    let blobs = FileBlobStore(directory: folder + "/blobs")
    channels = SMTP2GOChannels(
      settings: SMTP2GOSettings(
        baseURL: url, delivery: .sandbox, key: { _ in nil },
        sandboxKey: APIKey(SandboxConfiguration.defaultKey), deadline: .seconds(30),
        connections: 8), blobs: blobs)
    context = EngineContext(
      store: store, channels: channels, blobs: blobs, drafting: try MustacheDrafting(),
      liveness: place.liveness, entropy: .system,
      configuration: EngineConfiguration(), logger: Self.silent)
    let organisation = try Self.organisation()
    org = organisation.id
    try await store.write { try $0.save(organisation) }
  }

  // For a test that failed before it came to its end; otherwise nothing is there any more.
  deinit { FileManager.default.removeTemporary(folder) }

  /// Closes connections and the sandbox, and removes the files.
  func close() async throws {
    await channels.shutdown()
    try await sandbox.stop()
    FileManager.default.removeTemporary(folder)
  }

  /// What a run of `aiom` gets: this database and sandbox, a short lease, and a key that looks real.
  var environment: [String: String] { environment(place.variable) }

  /// The same for a process whose connections a server knows by a name.
  func environment(of process: String) -> [String: String] {
    environment(place.variable(for: process))
  }

  private func environment(_ database: (name: String, value: String)) -> [String: String] {
    [
      database.name: database.value, "AIOM_HOME": folder, "SMTP2GO_URL": url,
      "AIOM_LEASE_SECONDS": "2",
      "AIOM_LOG_LEVEL": "debug", "SMTP2GO_API_KEY": Self.plantedKey,
    ]
  }

  /// So many customers, each with one approved message of its own.
  func approvedMessages(_ count: Int) async throws -> [ActionID] {
    try await approvedMessages(1...count)
  }

  /// The same for customers of so many numbers.
  func approvedMessages(_ numbers: ClosedRange<Int>) async throws -> [ActionID] {
    let org = org
    try await store.write { store in
      for number in numbers {
        let partner = PartnerRow(
          externalID: "c\(number)", name: "Customer \(number)",
          email: try EmailAddress("planted.recipient@customer\(number).example"))
        _ = try store.upsert(org, .partner(partner), asOf: store.now)
      }
    }
    return try await withThrowingTaskGroup(of: ActionID.self) { group in
      for number in numbers { group.addTask { try await self.approvedMessage(number) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  private func approvedMessage(_ number: Int) async throws -> ActionID {
    let email = SendEmail(
      to: [try EmailAddress("planted.recipient@customer\(number).example")], subject: "Hours",
      bodyText: Self.plantedBody)
    let proposal = Proposal(
      orgID: org, operation: .email(.xSendCustomMessage, email),
      idempotencyKey: IdempotencyKey(rawValue: "message-\(number)"),
      expectedEffect: "The customer knows our hours.", reasoning: "The hours have changed.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [Int64(number)], partnerID: PartnerID(rawValue: Int64(number))))
    let outcome = try await Intake(context).submit(proposal, by: .tester, via: "test")
    guard case .created(let state) = outcome else { throw Refused(outcome: "\(outcome)") }
    _ = try await Approvals(context).approve(
      org, state.id, digest: state.digest, by: .tester, via: "test")
    return state.id
  }

  struct Refused: Error { let outcome: String }

  func states() async throws -> [ActionState] {
    let org = org
    return try await store.read { try $0.actions(org, ActionFilter(limit: 100_000)) }
  }

  /// Operation ids of what the sandbox accepted, with repetitions.
  func arrived() async throws -> [String] {
    await sandbox.mailbox.messages().compactMap { message in
      message.headers.first { $0.name == "X-AIOM-Operation" }?.value
    }
  }

  /// The action and revision of an operation id.
  static func revision(_ operation: String) -> String {
    operation.split(separator: ".").dropLast().joined(separator: ".")
  }

  static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  /// Without caps: what many processes do with hundreds of messages is looked at, not how long they
  /// wait.
  private static func organisation() throws -> Organisation {
    Organisation(
      profile: .sample(
        "harbor", name: "Harbor", zone: "UTC", window: CompanyProfile.aroundTheClock),
      mode: .sandbox, sender: try Mailbox("Harbor <billing@harbor.example>"), undoSeconds: 0,
      outreach: OutreachRules(caps: .none), createdAt: Instant(milliseconds: 0))
  }
}
