import Testing
import Web

@Suite("Route roles")
struct RouteRoleTests {
  @Test func `each role asks for more than the one before`() {
    #expect(RouteRole.allCases.sorted() == RouteRole.allCases)
    #expect(RouteRole.public < RouteRole.person)
    #expect(RouteRole.person < RouteRole.decider)
  }
}
