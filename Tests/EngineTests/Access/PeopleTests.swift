import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@Suite struct PeopleTests {
  @Test func `a local login may everything until there is a person, and nothing afterwards`()
    async throws
  {
    let house = try await AccessHouse()
    #expect(try await house.rights(AccessHouse.local) == Set(Right.allCases))
    let owner = try await house.owner()
    #expect(try await house.rights(AccessHouse.local) == [])
    #expect(try await house.rights(owner) == Set(Right.allCases))
    let second = try await house.outcome {
      _ = try await house.people.add(
        NewPerson(id: AccessHouse.id("mal"), name: "Mal"), roles: [.owner], in: house.org,
        password: AccessHouse.password, by: AccessHouse.local, via: "test")
    }
    #expect(second == "access.sign_in")
  }

  @Test func `the first person is an owner`() async throws {
    let house = try await AccessHouse()
    let outcome = try await house.outcome {
      _ = try await house.people.add(
        NewPerson(id: AccessHouse.id("ann"), name: "Ann"), roles: [.viewer], in: house.org,
        password: AccessHouse.password, by: AccessHouse.local, via: "test")
    }
    #expect(outcome == "person.first_owner")
    #expect(try await house.people.isEmpty())
    let audit = try await house.audit()
    #expect(audit.map { $0.prefix(16) } == ["policy.activated"], "what was refused left no trace")
  }

  @Test func `nobody gives more than they hold, nor changes somebody who holds more`() async throws
  {
    let house = try await AccessHouse()
    let owner = try await house.owner()
    try await house.roles.save(
      AccessHouse.role("hr"), rights: [.read, .people], in: house.org, by: owner, via: "test")
    let hr = try await house.add("hana", [AccessHouse.role("hr")], by: owner)
    func tried(_ body: () async throws -> Void) async throws -> String {
      try await house.outcome(body)
    }
    #expect(
      try await tried {
        try await house.people.change(
          AccessHouse.id("hana"), in: house.org, adding: [.owner], removing: [], by: hr, via: "test"
        )
      } == "grant.beyond")
    #expect(
      try await tried {
        _ = try await house.people.passwordLink(AccessHouse.id("ann"), by: hr, via: "test")
      } == "grant.beyond")
    #expect(
      try await tried {
        try await house.people.setActive(AccessHouse.id("ann"), false, by: hr, via: "test")
      } == "grant.beyond")
    #expect(
      try await tried {
        try await house.roles.save(
          AccessHouse.role("hr"), rights: [.read, .people, .decide], in: house.org, by: hr,
          via: "test")
      } == "grant.beyond")
    #expect(
      try await tried {
        _ = try await house.add("vic", [.viewer], by: hr)
      } == "done")
  }

  @Test func `an org keeps its last owner`() async throws {
    let house = try await AccessHouse()
    let owner = try await house.owner()
    let ann = AccessHouse.id("ann")
    let taken = try await house.outcome {
      try await house.people.change(
        ann, in: house.org, adding: [.viewer], removing: [.owner], by: owner, via: "test")
    }
    let disabled = try await house.outcome {
      try await house.people.setActive(ann, false, by: owner, via: "test")
    }
    #expect([taken, disabled] == ["person.last_owner", "person.last_owner"])
    #expect(try await house.rights(owner) == Set(Right.allCases))
    try await house.add("bo", [.owner], by: owner)
    try await house.people.change(
      ann, in: house.org, adding: [.viewer], removing: [.owner], by: owner, via: "test")
    #expect(try await house.rights(owner) == [.read], "at once, in the same session")
  }

  @Test func `disabling ends sessions, tokens and the agents that somebody answers for`()
    async throws
  {
    let house = try await AccessHouse()
    let owner = try await house.owner()
    let bo = try await house.add("bo", [.owner], by: owner)
    let agent = try await house.tokens.create(
      Tokens.Wish(name: "bot", kind: .agent, scopes: [.read]), in: house.org, by: bo, via: "test")
    try await house.people.setActive(AccessHouse.id("bo"), false, by: owner, via: "test")
    #expect(try await house.rights(bo) == [])
    #expect(
      try await house.outcome { _ = try await house.signIn.caller(agent.secret) }
        == "credential.ended")
    #expect(try await house.outcome { _ = try await house.signedIn("bo") } == "login.wrong")
    try await house.people.setActive(AccessHouse.id("bo"), true, by: owner, via: "test")
    _ = try await house.signedIn("bo")
    #expect(
      try await house.outcome { _ = try await house.signIn.caller(agent.secret) }
        == "credential.ended", "a token does not come back")
  }

  @Test func `a link works once, until it ends, and voids the earlier ones`() async throws {
    let house = try await AccessHouse()
    let owner = try await house.owner()
    let bo = AccessHouse.id("bo")
    let first = try await house.people.add(
      NewPerson(id: bo, name: "Bo"), roles: [.viewer], in: house.org, password: nil, by: owner,
      via: "test")
    let second = try await house.people.passwordLink(bo, by: owner, via: "test")
    func accepting(_ link: String?) async throws -> String {
      try await house.outcome {
        _ = try await house.people.accept(
          link: link ?? "", password: AccessHouse.password, via: "test")
      }
    }
    #expect(try await accepting(first) == "link.dead")
    #expect(try await house.people.use(ofLink: second) != nil)
    #expect(try await house.people.use(ofLink: second) != nil, "looking uses nothing up")
    #expect(try await accepting(second) == "done")
    #expect(try await accepting(second) == "link.dead")
    let third = try await house.people.passwordLink(bo, by: owner, via: "test")
    house.house.clock.advance(by: .seconds(3 * 86_400))
    #expect(try await accepting(third) == "link.dead")
  }

  @Test func `of two who sign up as the first owner one becomes it`() async throws {
    let house = try await AccessHouse()
    let link = try #require(try await house.people.firstOwnerLink())
    let people = house.people
    let outcomes = await withTaskGroup(of: Bool.self) { group in
      for name in ["ann", "bo", "cy"] {
        group.addTask {
          let owner = NewPerson(id: AccessHouse.id(name), name: "Some Body")
          let done = try? await people.accept(
            link: link, password: AccessHouse.password, owner: owner, via: "test")
          return done != nil
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.filter { $0 }.count == 1)
    #expect(try await house.people.firstOwnerLink() == nil)
    let deciders = try await house.house.store.read { [org = house.org] in
      try StoredRoles().deciders(of: org, $0)
    }
    #expect(deciders?.values.map { $0 } == [["owner"]])
  }

  @Test func `every change is in the audit with the person who made it, and no secret`()
    async throws
  {
    let house = try await AccessHouse()
    let owner = try await house.owner()
    let bo = try await house.add("bo", [.approver], by: owner)
    let token = try await house.tokens.create(
      Tokens.Wish(name: "bot", kind: .agent, scopes: [.read]), in: house.org, by: owner, via: "test"
    )
    try await house.people.signOut(AccessHouse.id("bo"), by: bo, via: "test")
    #expect(
      try await house.audit().dropFirst() == [
        "person.added by person:local:tester", "session.started by person:ann",
        "person.added by person:ann", "person.password_set by person:bo",
        "session.started by person:bo", "token.created by person:ann",
        "person.signed_out by person:bo",
      ])
    let org = house.org
    let leaves = try await house.house.store.read { store in
      try store.audit(org, action: nil, after: 0, limit: 100)
        .map { String(decoding: $0.leaf, as: UTF8.self) }.joined()
    }
    for secret in [token.secret, AccessHouse.password, "Ann Lee", token.token.digest.hex] {
      #expect(!leaves.contains(secret))
    }
  }

  @Test func `who may decide is asked of persons, roles and agents' owners`() async throws {
    let house = try await AccessHouse()
    let org = house.org
    let before = try await house.house.store.read { try StoredRoles().deciders(of: org, $0) }
    #expect(before == nil)
    let owner = try await house.owner()
    try await house.add("bo", [.approver, .sales], by: owner)
    try await house.add("vic", [.viewer], by: owner)
    try await house.add("gone", [.owner], by: owner)
    try await house.people.setActive(AccessHouse.id("gone"), false, by: owner, via: "test")
    _ = try await house.tokens.create(
      Tokens.Wish(name: "bot", kind: .agent, scopes: [.read]), in: org, by: owner, via: "test")
    let (after, answering) = try await house.house.store.read { store in
      (
        try StoredRoles().deciders(of: org, store),
        try StoredRoles().owner(of: Author(.agent, "bot").unsafelyUnwrapped, in: org, store)
      )
    }
    #expect(
      after.map { Dictionary(uniqueKeysWithValues: $0.map { ($0.key.rawValue, $0.value) }) }
        == ["person:ann": ["owner"], "person:bo": ["approver", "sales"]])
    #expect(answering?.rawValue == "person:ann")
  }
}
