import ActionProtocol
import Decisions
import Engine
import Foundation
import Testing
import TestSupport

/// The checks of an org whose books are outside, read between its claim and its intent.
@Suite struct OutsideRevalidationTests {
  private static let down = BooksProblem(
    code: "odoo_not_sent", remedy: "It is asked again.", isTemporary: true)
  private static let denied = BooksProblem(
    code: "odoo_access_denied", remedy: "Give the bot user the right.", isTemporary: false)

  @Test func `facts that hold there let a message go, with one reading`() async throws {
    let house = try await EngineHouse.outside()
    let id = try await house.reminder()
    try await house.run()
    #expect(try await house.state(id).status == .completed)
    #expect(house.outside.readings == 1)
    #expect(house.channel.calls.count == 1)
    let kinds = try await house.kinds(id)
    #expect(
      kinds.suffix(3) == ["execution.claimed", "execution.intended", "execution.accepted"])
  }

  @Test func `an invoice that was paid there since is not reminded of`() async throws {
    let house = try await EngineHouse.outside()
    let id = try await house.reminder()
    house.outside.hold("account.move", 1, EngineHouse.invoice(payment: "paid", residual: "0.00"))
    try await house.run()
    let state = try await house.state(id)
    #expect(state.status == .failed)
    #expect(state.errorCode == "nothing_left_to_remind")
    #expect(house.channel.calls.isEmpty)
  }

  @Test func `a tag that means dispute, put on since, keeps the reminder from going`() async throws
  {
    let house = try await EngineHouse.outside()
    let id = try await house.reminder()
    var invoice = EngineHouse.invoice()
    invoice["aiom_disputed"] = true
    house.outside.hold("account.move", 1, invoice)
    try await house.run()
    let state = try await house.state(id)
    #expect(state.status == .failed)
    #expect(state.errorCode == "nothing_left_to_remind")
    #expect(house.channel.calls.isEmpty)
    #expect(
      house.outside.tags == ["Dispute", "Disputed", "Never remind", "No reminders"])
  }

  @Test func `a partial payment there asks for a new approval of what is left`() async throws {
    let house = try await EngineHouse.outside()
    let id = try await house.reminder()
    house.outside.hold(
      "account.move", 1, EngineHouse.invoice(payment: "partial", residual: "1200.000000"))
    try await house.run()
    #expect(try await house.state(id).status == .pendingApproval)
    try await house.approve(id)
    try await house.run()
    #expect(try await house.state(id).status == .completed)
    guard case .email(let email, _, _)? = house.channel.calls.first?.content else {
      Issue.record("no e-mail")
      return
    }
    #expect(email.bodyText.contains("1,200.00"))
    #expect(!email.bodyText.contains("5,000.00"))
  }

  @Test func `a deleted record fails the action, and an archived customer gets nothing`()
    async throws
  {
    let house = try await EngineHouse.outside()
    let deleted = try await house.task()
    house.outside.hold("res.partner", 1, nil)
    try await house.run()
    #expect(try await house.state(deleted).status == .failed)
    house.outside.hold("res.partner", 1, ["id": 1, "active": false])
    let archived = try await house.reminder()
    try await house.run()
    #expect(try await house.state(archived).status != .completed)
    #expect(house.channel.calls.isEmpty)
    #expect(house.outside.madeCount == 0)
  }

  @Test func `while they do not answer an action waits, without an attempt, and then goes`()
    async throws
  {
    let house = try await EngineHouse.outside()
    let id = try await house.reminder()
    house.outside.fail(Self.down)
    for _ in 0..<4 {
      try await house.run()
      let state = try await house.state(id)
      #expect(state.status == .approved)
      #expect(state.hold?.reason == .odooUnavailable)
      #expect(state.errorCode == "odoo_not_sent")
      #expect(state.attempts == 0)
      #expect(state.calls == 0)
      house.clock.advance(by: .seconds(300))
    }
    house.outside.fail(nil)
    try await house.run()
    let state = try await house.state(id)
    #expect(state.status == .completed)
    #expect(state.errorCode == nil)
    #expect(house.channel.calls.count == 1)
  }

  @Test func `when they answer again, whoever waits for them goes at once`() async throws {
    let house = try await EngineHouse.outside()
    let first = try await house.task()
    let second = try await house.note()
    house.outside.fail(Self.down)
    try await house.run([first])
    house.clock.advance(by: .seconds(14))
    try await house.run([second])
    house.clock.advance(by: .seconds(2))
    house.outside.fail(nil)
    // Only the first is due; its reading ends the outage.
    try await house.run()
    #expect(try await house.state(first).status == .completed)
    #expect(try await house.state(second).status == .completed)
  }

  @Test func `a missing right cannot tell, and says what to do`() async throws {
    let house = try await EngineHouse.outside()
    let id = try await house.reminder()
    house.outside.fail(Self.denied)
    try await house.run()
    let state = try await house.state(id)
    #expect(state.hold?.reason == .cannotTell)
    #expect(state.errorCode == "odoo_access_denied")
    #expect(state.errorMessage == Self.denied.remedy)
    #expect(house.channel.calls.isEmpty)
  }

  @Test func `facts that are too old when the intent is written are not acted on`() async throws {
    var configuration = EngineConfiguration.patient
    configuration.liveMaximumAge = .zero
    let house = try await EngineHouse.outside(configuration: configuration)
    let id = try await house.reminder()
    try await house.run()
    let state = try await house.state(id)
    #expect(state.status == .approved)
    #expect(state.hold?.reason == .retryBackoff)
    #expect(house.channel.calls.isEmpty)
    let org = house.org
    let attempts = try await house.store.read { try $0.attempts(org, id) }
    #expect(attempts.isEmpty)
  }

  @Test func `a dispute that was told to AIOM binds beside what is there`() async throws {
    let house = try await EngineHouse.outside()
    let id = try await house.reminder()
    let day = LocalDate(house.clock.now, in: .gmt)
    try await house.books([
      .dispute(DisputeRow(externalID: "X1", invoice: "INV-2024-001", openedOn: day))
    ])
    try await house.run()
    #expect(try await house.state(id).status != .completed)
    #expect(house.channel.calls.isEmpty)
  }

  @Test func `what is decided while they are read is found by the intent`() async throws {
    let house = try await EngineHouse.outside()
    let id = try await house.reminder()
    let (context, org) = (house.context, house.org)
    house.outside.beforeReading {
      do {
        _ = try await EmergencyStop(context).stop(
          .org(org), reason: "a test", by: .tester, via: "test")
      } catch {
        Issue.record(error)
      }
    }
    try await house.run()
    let state = try await house.state(id)
    #expect(state.status == .approved)
    #expect(state.claim == nil)
    #expect(house.channel.calls.isEmpty)
  }

  @Test func `a claim whose process ended before the intent is given back`() async throws {
    let house = try await EngineHouse.outside()
    let id = try await house.reminder()
    let process = ProcessLife(house.context)
    let boot = try await process.begin()
    let org = house.org
    try await house.store.write { store in
      guard var state = try store.action(org, id) else { return }
      let old = state.version
      state.status = .executing
      state.hold = nil
      state.lastToken += 1
      state.claim = Claim(boot: boot, token: state.lastToken)
      _ = try store.save(state, replacing: old)
    }
    try await process.end()
    #expect(try await house.state(id).status == .approved)
    #expect(try await house.kinds(id).last == "execution.released")
    try await house.run()
    #expect(try await house.state(id).status == .completed)
    #expect(house.channel.calls.count == 1)
  }
}
