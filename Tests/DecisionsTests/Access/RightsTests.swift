import Decisions
import Testing

@Suite struct RightsTests {
  @Test(arguments: Right.allCases)
  func `a right that needs a person is refused to agents at creation and unusable afterwards`(
    _ right: Right
  ) throws {
    let usable = TokenKind.agent.usable([right])
    if right.needsPerson {
      #expect(usable.isEmpty)
      let error = #expect(throws: AccessError.self) { try Granting.checkAgent([.read, right]) }
      #expect(error?.code == "token.deciding_scope")
      #expect(error?.message.contains(right.rawValue) == true)
    } else {
      #expect(usable == [right])
      try Granting.checkAgent([right])
    }
    #expect(TokenKind.person.usable([right]) == [right])
  }

  @Test func `an agent may look, propose and protect an address, and nothing else`() {
    #expect(Right.forAgents == [.read, .propose, .suppress])
  }

  @Test func `nobody gives or takes what they do not hold`() throws {
    try Granting.check([.read, .decide], by: [.read, .decide, .people])
    let error = #expect(throws: AccessError.self) {
      try Granting.check(Set(Right.allCases), by: [.people, .read])
    }
    #expect(error?.code == "grant.beyond")
    #expect(error?.message.contains("people") == false)
  }

  @Test func `an org keeps an owner`() throws {
    try Granting.checkOwners(1, org: "acme")
    #expect(throws: AccessError.self) { try Granting.checkOwners(0, org: "acme") }
  }

  @Test func `rights are read as they are written`() throws {
    let all = Set(Right.allCases)
    #expect(try Right.list(Right.words(all)) == all)
    #expect(try Right.list("read, decide") == [.read, .decide])
    for text in ["", ",", "read;decide", "owner"] {
      #expect(throws: AccessError.self) { try Right.list(text) }
    }
  }

  @Test func `the five roles grow from viewer to owner`() {
    let rights = RoleName.builtIn.map { $0.builtInRights ?? [] }
    #expect(rights.first == Set(Right.allCases))
    for role in rights { #expect(role.contains(.read)) }
    #expect(RoleName(rawValue: "viewer")?.builtInRights == [.read])
    #expect(RoleName(rawValue: "dunning")?.builtInRights == nil)
    for role in RoleName.builtIn where role != .owner {
      #expect(role.builtInRights?.contains(.people) == false, "\(role.rawValue)")
    }
  }

  @Test(arguments: [
    ("ann", true), ("a", true), ("ann.lee-2_x", true), ("", false), ("Ann", false),
    ("1ann", false), ("local:ann", false), ("ann lee", false), ("änn", false),
  ])
  func `a handle cannot be mistaken for anything else`(_ text: String, _ isOne: Bool) {
    let person = PersonID(rawValue: text)
    #expect((person != nil) == isOne)
    if let person { #expect(person.author.flatMap(PersonID.init) == person) }
  }
}
