import ActionProtocol
import Credentials
import Decisions
import Engine
import TestSupport
import Testing

/// An organisation's only owner is let in again by whoever runs the database's machine.
@Suite struct RecoveryTests {
  @Test func `the only owner gets a link for an hour, and the trail says so`() async throws {
    let place = try await AccessHouse()
    _ = try await place.owner()
    let link = try await place.people.recover(
      AccessHouse.id("ann"), forgetsProofs: false, by: AccessHouse.local, via: "test")
    #expect(try await place.house.kinds().contains("person.recovered"))
    let new = "five quite other words now"
    #expect(
      try await place.people.accept(link: link, password: new, via: "test").rawValue == "ann")
    await #expect(throws: AccessError.self) { try await place.signedIn("ann") }
    _ = try await place.signIn.login(
      "ann", password: new, code: nil, from: nil, place: .web, via: "test")
    await #expect(throws: AccessError.self) {
      try await place.people.accept(link: link, password: new, via: "test")
    }
  }

  @Test func `after an hour the link is dead`() async throws {
    let place = try await AccessHouse()
    _ = try await place.owner()
    let link = try await place.people.recover(
      AccessHouse.id("ann"), forgetsProofs: false, by: AccessHouse.local, via: "test")
    place.house.clock.advance(by: .seconds(3600))
    #expect(try await place.people.use(ofLink: link) == nil)
  }

  @Test func `with another owner, a credential, or nobody of the name it is refused`()
    async throws
  {
    let place = try await AccessHouse()
    let ann = try await place.owner()
    func code(_ handle: String, by caller: Principal) async throws -> String? {
      do {
        _ = try await place.people.recover(
          AccessHouse.id(handle), forgetsProofs: true, by: caller, via: "test")
        return nil
      } catch let error as AccessError {
        return error.code
      }
    }
    #expect(try await code("ann", by: ann) == "recover.local")
    #expect(try await code("nobody", by: AccessHouse.local) == "person.unknown")
    let bo = try await place.add("bo", [.approver], by: ann)
    #expect(try await code("bo", by: AccessHouse.local) == "recover.others")
    #expect(try await code("bo", by: bo) == "recover.local")
    #expect(try await code("ann", by: AccessHouse.local) == nil)
    try await place.add("cy", [.owner], by: ann)
    #expect(try await code("ann", by: AccessHouse.local) == "recover.others")
    #expect(try await place.house.kinds().count { $0 == "person.recovered" } == 1)
  }

  @Test(arguments: [false, true])
  func `codes and passkeys stay unless the device is lost`(_ forgets: Bool) async throws {
    let place = try await AccessHouse()
    _ = try await place.owner()
    let ann = AccessHouse.id("ann")
    try await place.house.store.write { store in
      try store.saveCodeKey(
        CodeRecord(
          person: ann, sealed: [1, 2, 3], createdAt: store.now, confirmedAt: store.now),
        of: ann)
    }
    _ = try await place.people.recover(
      ann, forgetsProofs: forgets, by: AccessHouse.local, via: "test")
    #expect(try await place.people.show(ann).hasCodes != forgets)
  }
}
