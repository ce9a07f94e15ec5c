import Testing

@testable import Web

@Suite("Route table") struct RouteTableTests {
  /// Reviewed like code: a new address that others can call shows up here.
  @Test func `the table is as reviewed`() {
    let rows = RouteTable.all.map { route in
      "\(route.listener.rawValue) \(route.method) \(route.template.text) \(route.role.rawValue) "
        + "\(route.bodyLimit)"
    }
    #expect(
      rows == [
        "private GET /healthz public 0",
        "private GET /readyz public 0",
        "private GET /metrics public 0",
        "public POST /hooks/smtp2go/{token} public 262144",
        "public GET /u/{token} public 0",
        "public POST /u/{token} public 4096",
      ])
  }

  @Test func `the public listener has only paths that DECISIONS 13 names`() {
    for route in RouteTable.all where route.listener == .public {
      let first = route.template.text.split(separator: "/").first
      #expect(["hooks", "u", "a"].contains(first))
    }
  }

  @Test func `no two rows are the same`() {
    let keys = RouteTable.all.map { "\($0.listener) \($0.method) \($0.template.text)" }
    #expect(Set(keys).count == keys.count)
  }

  @Test func `no route takes more than its listener does`() {
    for route in RouteTable.all { #expect(route.bodyLimit <= WebLimits().bodyBytes) }
  }

  /// INVARIANT: a GET can reach nothing that writes. Its handler is made from `ReadPorts` alone.
  @Test func `only handlers made from read ports answer a GET`() {
    for route in RouteTable.all {
      switch route.handler {
      case .reading: #expect(route.method == "GET")
      case .writing: #expect(route.method == "POST")
      }
    }
  }

  @Test(arguments: ListenerRole.allCases)
  func `every row is registered, and nothing else is`(_ listener: ListenerRole) {
    let ports = RecordingPorts()
    let live = LiveRoutes(listener, ports.reading, ports.writing)
    for route in RouteTable.all {
      let path = route.template.text.replacing("{token}", with: "abc")
      let place = live.place(path)
      #expect((place != nil) == (route.listener == listener))
      if route.listener == listener {
        let isThere = route.method == "GET" ? place?.reading != nil : place?.writing != nil
        #expect(isThere)
      }
    }
    for path in ["/", "", "/hooks", "/hooks/smtp2go", "/a/abc", "/metrics/", "*"] {
      #expect(live.place(path) == nil)
    }
  }

  @Test(arguments: [
    ("/u/{token}", "/u/abc", "abc"), ("/u/{token}", "/u/a%2Fb", "a%2Fb"),
    ("/u/{token}", "/u/", nil), ("/u/{token}", "/u", nil), ("/u/{token}", "/u/a/", nil),
    ("/u/{token}", "/u/a/b", nil), ("/u/{token}", "//u/a", nil), ("/u/{token}", "u/a", nil),
    ("/u/{token}", "/U/a", nil), ("/healthz", "/healthz", ""), ("/healthz", "/healthz/", nil),
    ("/healthz", "/../healthz", nil),
  ])
  func `a template matches whole paths only`(
    _ template: String, _ path: String, _ token: String?
  ) {
    #expect(RouteTemplate(template).match(path) == token)
  }
}
