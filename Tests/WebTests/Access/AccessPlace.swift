import ActionProtocol
import Addressing
import Connectors
import Credentials
import Decisions
import Engine
import Foundation
import ServiceLifecycle
import TestSupport
import Testing

@testable import Web

/// A private listener over an installation of its own, whose hashes cost next to nothing.
struct AccessPlace: Sendable {
  static let password = "four unrelated words here"

  let house: EngineHouse
  var context: AccessContext
  let spy = LogSpy()
  /// What stands behind the listener besides the engine.
  let ports = RecordingPorts()

  init(policy: Policy = EngineHouse.everythingAsks) async throws {
    house = try await EngineHouse(drafting: try MustacheDrafting(), policy: policy)
    context = AccessContext(
      store: house.store, entropy: .system,
      crypto: SystemCredentials.crypto(
        key: { [UInt8](repeating: 7, count: 32) },
        cost: PasswordCost(rounds: 2, blockSize: 1, parallelism: 1)))
  }

  /// Decides with the persons of the place.
  var engine: EngineContext {
    var engine = house.context
    engine.roles = StoredRoles()
    return engine
  }

  /// A message of an agent's own words to a customer.
  func proposal(_ customer: Int64 = 1) throws -> Proposal {
    Proposal(
      orgID: house.org,
      operation: .email(
        .xSendCustomMessage,
        SendEmail(
          to: [try EmailAddress("billing@customer\(customer).example")], subject: "Our hours",
          bodyText: "We are open on Monday.")),
      idempotencyKey: IdempotencyKey(rawValue: "message-\(customer)"),
      expectedEffect: "The customer knows our new hours.",
      reasoning: "The opening hours change next week.",
      affectedRecords: AffectedRecords(
        partnerID: PartnerID(rawValue: customer), partnerName: "Customer \(customer)"))
  }

  /// Three customers that the books know, numbered from 1.
  func addCustomers() async throws {
    try await house.books(
      (1...3).map { number in
        .partner(
          PartnerRow(
            externalID: "p\(number)", name: "Customer \(number)",
            email: try EmailAddress("billing@customer\(number).example")))
      })
  }

  /// Proposes it.
  func propose(_ customer: Int64 = 1) async throws -> ActionState {
    try await addCustomers()
    let outcome = try await Intake(engine).submit(
      proposal(customer), by: Author(.agent, "crm-bot").unsafelyUnwrapped, via: "test")
    guard let state = outcome.state else { throw NotProposed(outcome: outcome) }
    return state
  }

  struct NotProposed: Error { let outcome: IntakeOutcome }

  func run(_ body: (RunningListener.Place) async throws -> Void) async throws {
    let reading = ReadPorts(
      health: ports, metrics: ports, unsubscribePages: ports, access: AccessViews(context),
      actions: ActionViews(engine), setup: ports, settings: ports)
    let writing = WritePorts(
      webhooks: ports, unsubscribing: ports, access: context, engine: engine,
      policies: PolicyTexts(), setup: ports, settings: ports)
    try await RunningListener.run(
      .private, reading: reading, writing: writing, logger: spy.logger, body)
  }

  static func id(_ text: String) -> PersonID { PersonID(rawValue: text).unsafelyUnwrapped }

  /// Adds the owner `ann`.
  func addOwner() async throws {
    _ = try await People(context).add(
      NewPerson(id: Self.id("ann"), name: "Ann <Lee>"), roles: [.owner], in: house.org,
      password: Self.password, by: .local(.tester), via: "test")
  }

  /// Adds somebody with a role, who has the usual password.
  func add(_ handle: String, _ role: RoleName) async throws {
    let owner = try await SignIn(context).caller(session("ann"))
    let link = try await People(context).add(
      NewPerson(id: Self.id(handle), name: handle), roles: [role], in: house.org, password: nil,
      by: owner, via: "test")
    _ = try await People(context).accept(
      link: link ?? "", password: Self.password, via: "test")
  }

  /// A new session's token.
  func session(_ handle: String) async throws -> String {
    try await SignIn(context).login(
      handle, password: Self.password, from: nil, place: .web, via: "test"
    ).token
  }

  func token(_ kind: TokenKind, of handle: String, _ scopes: Set<Right>) async throws -> String {
    let caller = try await SignIn(context).caller(session(handle))
    return try await Tokens(context).create(
      Tokens.Wish(name: "t-\(UUID().uuidString.lowercased())", kind: kind, scopes: scopes),
      in: house.org, by: caller, via: "test"
    ).secret
  }

  /// The fields of a browser's request with a session, from a page of the session.
  static func browser(_ session: String) -> [String] {
    [
      "Cookie: a=b; aiom_local=\(session)", "Origin: http://localhost",
      "X-CSRF-Token: \(FormToken.of(session))",
    ]
  }
}
