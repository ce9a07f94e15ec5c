import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Foundation
import Insights
import Store
import TestSupport
import Testing

/// Colleagues are told of their overdue tasks: grouped, once a day, and nobody else.
@Suite struct TaskNotifierTests {
  @Test func `nobody is told unless the organisation wants it`() async throws {
    let house = try await Self.house(notifies: false)
    try await Self.runJob(house)
    #expect(try await house.actions().isEmpty)
  }

  @Test func `a colleague hears of all overdue tasks at once, once a day`() async throws {
    let house = try await Self.house()
    let result = try await Self.runJob(house)
    #expect(result["proposed"] == 1 && result["unreachable"] == 0)
    let id = try #require(try await house.actions().first?.id)
    let card = try await house.card(of: id)
    guard case .email(.xSendTaskNotification, let email) = card.proposal.operation else {
      Issue.record("no notification")
      return
    }
    #expect(email.recipients.map(\.rawValue) == ["ann@harbor.example"])
    #expect(email.subject == "2 overdue tasks, first Task 2")
    #expect(email.bodyText.contains("Task 1") && email.bodyText.contains("Web site"))
    // The customer whom the tasks are about has nothing to do with it.
    #expect(card.proposal.affectedRecords.partnerID == nil)
    try await house.approve(id)
    #expect(try await house.run().map(\.outcome) == [.completed])
    #expect(try await Self.runJob(house)["proposed"] == 0)
    house.clock.advance(by: .seconds(86_400))
    #expect(try await Self.runJob(house)["proposed"] == 1)
    #expect(house.channel.calls.count == 1)
  }

  @Test func `a task that is done withdraws what waits, and the rest is said anew`() async throws {
    let house = try await Self.house()
    try await Self.runJob(house)
    let first = try #require(try await house.actions().first?.id)
    try await house.books([Self.task("1", due: "2026-03-01", isDone: true)])
    #expect(try await house.supersede() == [first])
    #expect(
      try await house.state(first).rejection?.reason
        == "The task is done.")
    #expect(try await Self.runJob(house)["proposed"] == 1)
    let second = try #require(
      try await house.actions().first { $0.status == .pendingApproval }?.id)
    #expect(try await house.card(of: second).proposal.affectedRecords.ids == [2])
  }

  @Test(arguments: ["Nobody Known", "Twice Here", "Not Active", "Else Where"])
  func `whoever is no colleague with an address of his own is not written to`(
    _ assignee: String
  ) async throws {
    let house = try await Self.house(assignee: assignee)
    let result = try await Self.runJob(house)
    #expect(result["proposed"] == 0 && result["unreachable"] == 1)
    #expect(try await house.actions().isEmpty)
  }

  @Test func `the policy of the beginning lets a notice go, and only to colleagues`() async throws {
    let house = try await Self.house(policy: .initial)
    try await Self.runJob(house)
    let state = try #require(try await house.actions().first)
    #expect(state.status == .approved && state.approval?.by.isPolicy == true)
    let (org, id) = (house.org, state.id)
    let record = try #require(
      try await house.store.read { try $0.decision(org, id, revision: nil) })
    #expect(record.readFacts()?[.recipientKind] == .text("internal"))
    // The same to an address that is no colleague's asks a person.
    var other = try await house.card(of: id).proposal
    guard case .email(let type, var email) = other.operation else {
      Issue.record("no notification")
      return
    }
    email.to = [try EmailAddress("else@elsewhere.example")]
    other.operation = .email(type, email)
    other.externalEffects = other.operation.externalEffects
    other.idempotencyKey = IdempotencyKey(rawValue: "another")
    try await house.books([Self.task("3", due: "2026-05-01")])
    other.affectedRecords = AffectedRecords(model: "project.task", ids: [3])
    let outcome = try await Intake(house.context).submit(
      other, by: Author(.system, "analyzer").unsafelyUnwrapped, via: "test")
    #expect(outcome.state?.status == .pendingApproval, "\(outcome)")
  }

  // MARK: - The house

  private static func task(_ id: String, due: String, isDone: Bool = false) -> LedgerRow {
    .task(
      TaskRow(
        externalID: id, name: "Task \(id)", project: "Web site", deadline: LocalDate(iso: due),
        partner: "acme", isDone: isDone))
  }

  /// Two overdue tasks of somebody, about a customer; persons of whom only Ann Lee can be told.
  private static func house(
    notifies: Bool = true, assignee: String = "ann lee",
    policy: Policy = EngineHouse.everythingAsks
  ) async throws -> EngineHouse {
    let house = try await EngineHouse(drafting: try MustacheDrafting(), policy: policy)
    try await house.change { $0.notifiesTasks = notifies }
    try await house.books(try Books.acme(due: "2026-04-01"))
    try await house.books([task("1", due: "2026-03-01"), task("2", due: "2026-02-01")])
    let org = house.org
    _ = try await house.database.write { sql in
      try sql.execute(
        "INSERT INTO ledger_users (org_id, id, name, name_key) VALUES ($1, 7, $2, 'u7')",
        [.text(org.rawValue), .text(assignee)])
      try sql.execute("UPDATE tasks SET user_id = 7 WHERE org_id = $1", [.text(org.rawValue)])
    }
    try await house.person("ann", "Ann Lee")
    try await house.person("t1", "Twice Here")
    try await house.person("t2", "Twice Here")
    try await house.person("off", "Not Active", isActive: false)
    try await house.person("other", "Else Where", isMember: false)
    return house
  }

  @discardableResult
  private static func runJob(_ house: EngineHouse) async throws -> JSONObject {
    house.clock.advance(by: .seconds(60))
    let process = ProcessLife(house.context)
    let run = try await process.whileAlive {
      try await house.jobs.run(house.org, .taskAnalysis, process: process, by: .tester, via: "test")
    }
    #expect(run.state == .succeeded, "\(run.errorCode ?? "")")
    return run.result
  }
}

extension EngineHouse {
  fileprivate func person(
    _ id: String, _ name: String, isActive: Bool = true, isMember: Bool = true
  ) async throws {
    let (org, now) = (org, clock.now)
    let person = PersonID(rawValue: id).unsafelyUnwrapped
    try await store.write { store in
      try store.save(
        Person(
          id: person, name: name, email: try EmailAddress("\(id)@harbor.example"),
          isActive: isActive, createdAt: now))
      if isMember { _ = try store.add(Membership(org: org, person: person, role: .viewer)) }
    }
  }
}
