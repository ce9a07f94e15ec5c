import ActionProtocol
import Addressing
import Engine
import Insights
import Testing
import TestSupport

@Suite struct ActionIDTests {
  private func proposal(_ org: OrgID, _ key: String, _ id: String) throws -> Proposal {
    Proposal(
      actionID: ActionID(rawValue: id), orgID: org,
      operation: .email(
        .xSendCustomMessage,
        SendEmail(
          to: [try EmailAddress("billing@acmecorp.com")], subject: "Hours",
          bodyText: "We are open.")),
      idempotencyKey: IdempotencyKey(rawValue: key),
      expectedEffect: "The customer knows our hours.", reasoning: "The hours have changed.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [1], partnerID: PartnerID(rawValue: 1)))
  }

  @Test func `an id that another org has is refused without a word about that org`() async throws {
    let house = try await EngineHouse.withAcme()
    let first = house.org
    let second = try #require(OrgID(rawValue: "second-books"))
    try await house.store.write { store in
      var organisation = try #require(try store.organisation(first))
      organisation.profile.orgID = second
      try store.save(organisation)
      for row in try Books.acme(due: "2026-01-03") {
        _ = try store.upsert(second, row, asOf: store.now)
      }
    }
    let intake = Intake(house.context)
    let taken = try await intake.submit(
      try proposal(first, "one", "chosen-id-0001"), by: .tester, via: "test")
    guard case .created = taken else {
      Issue.record("\(taken)")
      return
    }
    let outcome = try await intake.submit(
      try proposal(second, "two", "chosen-id-0001"), by: .tester, via: "test")
    guard case .invalid(let issues) = outcome else {
      Issue.record("two orgs with one operation id: \(outcome)")
      return
    }
    #expect(issues.map(\.code) == ["action_id.taken"])
    #expect(issues.map(\.pointer.rawValue) == ["/action_id"])
    #expect(issues.allSatisfy { !"\($0.message)\($0.remedy)".contains(first.rawValue) })
    let other = try await intake.submit(
      try proposal(second, "two", "chosen-id-0002"), by: .tester, via: "test")
    guard case .created = other else {
      Issue.record("\(other)")
      return
    }
  }

  @Test func `an id with another content in the same org stays a conflict`() async throws {
    let house = try await EngineHouse.withAcme()
    let intake = Intake(house.context)
    _ = try await intake.submit(
      try proposal(house.org, "one", "chosen-id-0001"), by: .tester, via: "test")
    guard
      case .conflict = try await intake.submit(
        try proposal(house.org, "two", "chosen-id-0001"), by: .tester, via: "test")
    else {
      Issue.record("not a conflict")
      return
    }
  }
}
