import ActionProtocol
import Decisions
import Engine
import Testing

/// Where persons are reached, and who may change it.
@Suite struct PersonContactTests {
  private static let bo = PersonID(rawValue: "bo").unsafelyUnwrapped
  private static let ann = PersonID(rawValue: "ann").unsafelyUnwrapped

  private func change(
    _ house: AccessHouse, _ id: PersonID, _ contact: PersonContact, by caller: Principal
  ) async throws -> String {
    try await house.outcome {
      try await house.people.change(id, contact: contact, by: caller, via: "test")
    }
  }

  @Test func `what is given changes, what is not stays, and none takes it away`() async throws {
    let house = try await AccessHouse()
    let owner = try await house.owner()
    let both = PersonContact(email: "ann@harbor.example", phone: "+1 (617) 555-0123")
    #expect(try await change(house, Self.ann, both, by: owner) == "done")
    var person = try await house.people.show(Self.ann).person
    #expect(person.emailText == "ann@harbor.example" && person.phoneText == "+16175550123")
    #expect(
      try await change(house, Self.ann, PersonContact(email: PersonContact.none), by: owner)
        == "done")
    person = try await house.people.show(Self.ann).person
    #expect(person.emailText == nil && person.phoneText == "+16175550123")
    let kinds = try await house.house.kinds().filter { $0 == "person.contact_changed" }
    #expect(kinds.count == 2)
  }

  @Test(arguments: [
    (PersonContact(phone: "617 555 0123"), "phone."), (PersonContact(phone: ""), "phone."),
    (PersonContact(email: "ann@"), "email."), (PersonContact(email: "", phone: "none"), "email."),
  ])
  func `what is no address or number changes nothing`(
    _ contact: PersonContact, _ code: String
  ) async throws {
    let house = try await AccessHouse()
    let owner = try await house.owner()
    let known = PersonContact(phone: "+16175550123")
    #expect(try await change(house, Self.ann, known, by: owner) == "done")
    let outcome = try await change(house, Self.ann, contact, by: owner)
    #expect(outcome.hasPrefix(code), "\(outcome)")
    #expect(try await house.people.show(Self.ann).person.phoneText == "+16175550123")
  }

  @Test func `one changes one's own, an owner another's, and nobody else anything`() async throws {
    let house = try await AccessHouse()
    let owner = try await house.owner()
    let bo = try await house.add("bo", [.approver], by: owner)
    let phone = PersonContact(phone: "+16175550124")
    #expect(try await change(house, Self.bo, phone, by: bo) == "done")
    #expect(try await change(house, Self.bo, phone, by: owner) == "done")
    #expect(try await change(house, Self.ann, phone, by: bo) == "access.forbidden")
    #expect(
      try await change(
        house, PersonID(rawValue: "nobody").unsafelyUnwrapped, phone, by: owner)
        == "person.unknown")
    #expect(try await house.people.show(Self.ann).person.phoneText == nil)
  }
}
