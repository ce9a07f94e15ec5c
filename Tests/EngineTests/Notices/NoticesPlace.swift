import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Insights
import TestSupport
import Testing

/// A house with Ann, who owns it, and Bob, who looks.
struct NoticesPlace {
  let house: EngineHouse

  /// - Parameter rules: besides one that lets the notices themselves go.
  init(tells: Bool = true, policy: Policy? = nil, _ rules: PolicyRule...) async throws {
    let goes = PolicyRule(
      id: "notices-go", title: "Notices go",
      on: [.type(.xSendTaskNotification), .type(.xSendSMSAlert)],
      then: .auto(undo: nil), reason: "Colleagues read them.")
    house = try await EngineHouse(
      drafting: try MustacheDrafting(),
      policy: policy ?? Policy(name: "testing", rules: rules + [goes]))
    try await house.change { $0.tellsPersons = tells }
    try await house.books(try Books.acme(due: "2026-01-03"))
    try await house.books(
      (2...3).map { .partner(PartnerRow(externalID: "p\($0)", name: "Customer \($0)")) })
    try await house.notified("ann", "Ann Lee", .owner)
    try await house.notified("bob", "Bob Ode", .viewer)
  }

  var context: EngineContext {
    var context = house.context
    context.roles = StoredRoles()
    return context
  }

  func pass(minutes: Int) { house.clock.advance(by: .seconds(minutes * 60)) }

  /// Looks once, and sends what goes by itself.
  func tell() async throws -> PersonNotices.Report? {
    let report = try await PersonNotices(context).tell(house.org, via: "test")
    _ = try await house.run()
    return report
  }

  func run(_ job: JobName) async throws -> JSONObject {
    pass(minutes: 1)
    let process = ProcessLife(context)
    let run = try await process.whileAlive {
      try await Jobs(context).run(house.org, job, process: process, by: .tester, via: "test")
    }
    #expect(run.state == .succeeded, "\(run.errorCode ?? "")")
    return run.result
  }

  /// A note of our own about a customer.
  func propose(
    _ key: String = "one", partner: Int64 = 1, risk: RiskLevel? = nil,
    expiresAfter: Duration? = nil
  ) async throws -> ActionID {
    let proposal = Proposal(
      orgID: house.org,
      operation: .createTask(
        .createFollowUpTask, CreateTask(name: "Call them", description: "About the hours.")),
      riskLevel: risk, expiresAt: expiresAfter.map { house.clock.now.advanced(by: $0) },
      idempotencyKey: IdempotencyKey(rawValue: key),
      expectedEffect: "Somebody calls the customer.", reasoning: "The customer asked for a call.",
      affectedRecords: AffectedRecords(partnerID: PartnerID(rawValue: partner)))
    let author = Author(.agent, "crm-bot").unsafelyUnwrapped
    let outcome = try await Intake(context).submit(proposal, by: author, via: "test")
    return try #require(outcome.state?.id, "\(outcome)")
  }

  /// The texts that persons would get, oldest first.
  func texts() async throws -> [SendSMS] {
    let told = try await house.actions().filter { $0.type == .xSendSMSAlert }
    var texts: [SendSMS] = []
    for state in told.sorted(by: { $0.createdAt < $1.createdAt }) {
      guard case .sms(_, let text) = try await house.card(of: state.id).proposal.operation
      else { continue }
      texts.append(text)
    }
    return texts
  }

  /// What persons would get, oldest first.
  func messages() async throws -> [SendEmail] {
    let told = try await house.actions().filter { $0.type == .xSendTaskNotification }
    var messages: [SendEmail] = []
    for state in told.sorted(by: { $0.createdAt < $1.createdAt }) {
      guard case .email(_, let email) = try await house.card(of: state.id).proposal.operation
      else { continue }
      messages.append(email)
    }
    return messages
  }
}

extension EngineHouse {
  /// Makes a person of the org, or writes it anew.
  func notified(
    _ id: String, _ name: String, _ role: RoleName, hasAddress: Bool = true, phone: String? = nil
  ) async throws {
    let (org, now) = (org, clock.now)
    let person = PersonID(rawValue: id).unsafelyUnwrapped
    try await store.write { store in
      try store.save(
        Person(
          id: person, name: name,
          email: hasAddress ? try EmailAddress("\(id)@harbor.example") : nil,
          phone: try phone.map { try PhoneNumber(e164: $0) }, createdAt: now))
      _ = try store.add(Membership(org: org, person: person, role: role))
    }
  }
}
