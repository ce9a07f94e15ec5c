import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@Suite struct TokenTests {
  @Test(arguments: Right.allCases)
  func `an agent is refused a deciding scope at creation and holds none at the gate`(_ right: Right)
    async throws
  {
    let house = try await AccessHouse()
    let owner = try await house.owner()
    let outcome = try await house.outcome {
      _ = try await house.tokens.create(
        Tokens.Wish(name: "bot", kind: .agent, scopes: [right]), in: house.org, by: owner,
        via: "test")
    }
    #expect(outcome == (right.needsPerson ? "token.deciding_scope" : "done"))
    guard !right.needsPerson else { return }
    let token = try #require(try await house.tokens.list(house.org).first)
    #expect(token.scopes == [right])
    let org = house.org
    for other in Right.allCases where other != right {
      let made = try await house.tokens.create(
        Tokens.Wish(name: "bot-\(right.rawValue)", kind: .agent, scopes: [right]), in: org,
        by: owner, via: "test")
      let agent = try await house.signIn.caller(made.secret)
      #expect(agent.isAgent && agent.author.rawValue == "agent:bot-\(right.rawValue)")
      let refused = try await house.outcome {
        _ = try await house.house.store.read {
          try AccessGate($0).permit(other, in: org, for: agent)
        }
      }
      #expect(refused == (other.needsPerson ? "access.needs_person" : "access.forbidden"))
      let everywhere = try await house.outcome {
        _ = try await house.house.store.read {
          try AccessGate($0).permitEverywhere(other, for: agent)
        }
      }
      #expect(everywhere != "done")
      _ = try await house.tokens.revoke(made.token.id, in: org, by: owner, via: "test")
    }
  }

  @Test func `an agent makes no token, no person and no role, and signs nobody out`() async throws {
    let house = try await AccessHouse()
    let owner = try await house.owner()
    let made = try await house.tokens.create(
      Tokens.Wish(name: "bot", kind: .agent, scopes: Right.forAgents), in: house.org, by: owner,
      via: "test")
    let agent = try await house.signIn.caller(made.secret)
    let (org, ann) = (house.org, AccessHouse.id("ann"))
    let doors: [@Sendable () async throws -> Void] = [
      {
        _ = try await house.tokens.create(
          Tokens.Wish(name: "x", kind: .person, scopes: [.read]), in: org, by: agent, via: "test")
      },
      { _ = try await house.tokens.revoke("bot", in: org, by: agent, via: "test") },
      {
        _ = try await house.people.add(
          NewPerson(id: AccessHouse.id("mal"), name: "Mal"), roles: [.viewer], in: org,
          password: nil, by: agent, via: "test")
      },
      {
        try await house.people.change(
          ann, in: org, adding: [.viewer], removing: [], by: agent, via: "test")
      },
      { try await house.people.setActive(ann, false, by: agent, via: "test") },
      { _ = try await house.people.passwordLink(ann, by: agent, via: "test") },
      { try await house.people.signOut(ann, by: agent, via: "test") },
      {
        try await house.people.changePassword(
          from: AccessHouse.password, to: "another long pass phrase", by: agent, via: "test")
      },
      {
        try await house.roles.save(
          AccessHouse.role("mine"), rights: [.read], in: org, by: agent, via: "test")
      },
      { _ = try await house.codes.begin(issuer: "AIOM", by: agent, via: "test") },
      { _ = try await house.codes.prove("123456", for: .sha256([1]), by: agent, via: "test") },
    ]
    for (index, door) in doors.enumerated() {
      #expect(try await house.outcome(door) != "done", "door \(index)")
    }
  }

  @Test func `a person's token has no more than its scopes, its org and its person`() async throws {
    let house = try await AccessHouse()
    let owner = try await house.owner()
    let bo = try await house.add("bo", [.approver], by: owner)
    let beyond = try await house.outcome {
      _ = try await house.tokens.create(
        Tokens.Wish(name: "t", kind: .person, scopes: [.settings]), in: house.org, by: bo,
        via: "test")
    }
    #expect(beyond == "grant.beyond")
    let people = try await house.outcome {
      _ = try await house.tokens.create(
        Tokens.Wish(name: "t", kind: .person, scopes: [.people]), in: house.org, by: owner,
        via: "test")
    }
    #expect(people == "token.people")
    let made = try await house.tokens.create(
      Tokens.Wish(name: "t", kind: .person, scopes: [.read, .decide]), in: house.org, by: bo,
      via: "test")
    let caller = try await house.signIn.caller(made.secret)
    #expect(caller.author.rawValue == "person:bo")
    #expect(try await house.rights(caller) == [.read, .decide])
    let other = try #require(OrgID(rawValue: "other"))
    let elsewhere = try await house.house.store.read {
      try AccessGate($0).rights(of: caller, in: other)
    }
    #expect(elsewhere == [])
    // A role that is taken is taken from the token too.
    try await house.people.change(
      AccessHouse.id("bo"), in: house.org, adding: [.viewer], removing: [.approver], by: owner,
      via: "test")
    #expect(try await house.rights(caller) == [.read])
    #expect(
      try await house.outcome {
        _ = try await house.tokens.create(
          Tokens.Wish(name: "u", kind: .person, scopes: [.read]), in: house.org, by: caller,
          via: "test")
      } == "token.session", "a token makes no token")
  }

  @Test func `a token ends at its time and when it is revoked, and its use is noted`() async throws
  {
    let house = try await AccessHouse()
    let owner = try await house.owner()
    let made = try await house.tokens.create(
      Tokens.Wish(name: "t", kind: .person, scopes: [.read], days: 1), in: house.org, by: owner,
      via: "test")
    #expect(try await house.tokens.list(house.org).first?.lastUsedAt == nil)
    _ = try await house.signIn.caller(made.secret)
    #expect(try await house.tokens.list(house.org).first?.lastUsedAt == house.house.clock.now)
    house.house.clock.advance(by: .seconds(86_399))
    _ = try await house.signIn.caller(made.secret)
    house.house.clock.advance(by: .seconds(1))
    #expect(
      try await house.outcome { _ = try await house.signIn.caller(made.secret) }
        == "credential.ended")
    #expect(
      try await house.outcome { _ = try await house.signIn.caller("aiom_p_nothing") }
        == "credential.unknown")
  }
}
