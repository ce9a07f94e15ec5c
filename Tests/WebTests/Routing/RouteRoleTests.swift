import Decisions
import Testing
import Web

@Suite("Route roles")
struct RouteRoleTests {
  @Test func `there is a role for every right, and each is written differently`() {
    let texts = RouteRole.allCases.map(\.text)
    #expect(Set(texts).count == Right.allCases.count + 2)
    #expect(texts.prefix(2) == ["public", "signed in"])
  }
}
