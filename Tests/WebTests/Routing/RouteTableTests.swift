import Testing

@testable import Web

@Suite("Route table") struct RouteTableTests {
  /// Reviewed like code: a new address that others can call shows up here.
  @Test func `the table is as reviewed`() {
    let rows = RouteTable.all.map { route in
      "\(route.listener.rawValue) \(route.method) \(route.template.text) \(route.role.text) "
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
        "private GET /login public 0",
        "private POST /login public 4096",
        "private GET /join/{token} public 0",
        "private POST /join/{token} public 4096",
        "private GET /enter/{token} public 0",
        "private POST /enter/{token} public 4096",
        "private GET /account signed in 0",
        "private POST /account/passkeys/{passkey}/remove signed in 4096",
        "private POST /logout signed in 4096",
        "private POST /logout/everywhere signed in 4096",
        "private GET / signed in 0",
        "private GET /inbox right read 0",
        "private GET /inbox/together right decide 0",
        "private POST /inbox/together right decide 16384",
        "private GET /actions right read 0",
        "private GET /actions/{action} right read 0",
        "private GET /actions/{action}/message right read 0",
        "private POST /actions/{action}/approve right decide 16384",
        "private POST /actions/{action}/reject right decide 16384",
        "private POST /actions/{action}/send-now right decide 16384",
        "private POST /actions/{action}/snooze right decide 16384",
        "private POST /actions/{action}/delegate right decide 16384",
        "private POST /actions/{action}/settle right decide 16384",
        "private POST /actions/{action}/ask right decide 16384",
        "private POST /actions/{action}/answer right propose 16384",
        "private POST /actions/{action}/comment right propose 16384",
        "private POST /actions/{action}/edit right decide 262144",
        "private GET /api/v1/openapi.json public 0",
        "private POST /api/v1/session public 16384",
        "private POST /api/v1/session/end signed in 16384",
        "private GET /api/v1/me signed in 0",
        "private POST /api/v1/me/passkeys/options signed in 16384",
        "private POST /api/v1/me/passkeys signed in 16384",
        "private POST /api/v1/me/passkeys/{passkey}/remove signed in 16384",
        "private POST /api/v1/me/step-up/options signed in 16384",
        "private GET /api/v1/persons right read 0",
        "private POST /api/v1/persons right people 16384",
        "private POST /api/v1/persons/{person} right people 16384",
        "private GET /api/v1/roles right read 0",
        "private POST /api/v1/roles right people 16384",
        "private POST /api/v1/roles/{role}/remove right people 16384",
        "private GET /api/v1/tokens right read 0",
        "private POST /api/v1/tokens signed in 16384",
        "private POST /api/v1/tokens/{token}/revoke signed in 16384",
        "private GET /api/v1/inbox right read 0",
        "private GET /api/v1/actions right read 0",
        "private POST /api/v1/actions right propose 262144",
        "private POST /api/v1/actions/approve right decide 16384",
        "private GET /api/v1/actions/{action} right read 0",
        "private GET /api/v1/decisions right read 0",
        "private POST /api/v1/actions/{action}/approve right decide 16384",
        "private POST /api/v1/actions/{action}/reject right decide 16384",
        "private POST /api/v1/actions/{action}/send-now right decide 16384",
        "private POST /api/v1/actions/{action}/settle right decide 16384",
        "private POST /api/v1/actions/{action}/snooze right decide 16384",
        "private POST /api/v1/actions/{action}/delegate right decide 16384",
        "private POST /api/v1/actions/{action}/ask right decide 16384",
        "private POST /api/v1/actions/{action}/answer right propose 16384",
        "private POST /api/v1/actions/{action}/comment right propose 16384",
        "private POST /api/v1/actions/{action}/edit right decide 262144",
        "private GET /stop right read 0",
        "private POST /stop right stop 4096",
        "private POST /stop/resume right resume 4096",
        "private GET /api/v1/stop right read 0",
        "private POST /api/v1/stop right stop 16384",
        "private POST /api/v1/stop/resume right resume 16384",
        "private GET /attention right read 0",
        "private GET /api/v1/attention right read 0",
        "private GET /customers right read 0",
        "private GET /api/v1/customers right read 0",
        "private GET /customers/{partner} right read 0",
        "private GET /api/v1/customers/{partner} right read 0",
        "private GET /activity right read 0",
        "private GET /api/v1/activity right read 0",
        "private GET /today right read 0",
        "private GET /api/v1/today right read 0",
        "private GET /audit right read 0",
        "private GET /api/v1/audit right read 0",
        "private GET /audit/export right read 0",
        "private POST /policies/check right policy 262144",
        "private POST /api/v1/policies/check right policy 262144",
        "private POST /policies/backtest right policy 262144",
        "private POST /api/v1/policies/backtest right policy 262144",
        "private POST /policies/activate right policy 262144",
        "private POST /api/v1/policies/activate right policy 262144",
        "private POST /policies/rollback right policy 262144",
        "private POST /api/v1/policies/rollback right policy 262144",
        "private POST /policies/approve right policy 262144",
        "private POST /api/v1/policies/approve right policy 262144",
        "private POST /policies/reject right policy 262144",
        "private POST /api/v1/policies/reject right policy 262144",
        "private GET /policies right read 0",
        "private GET /policies/draft right read 0",
        "private GET /policies/{version} right read 0",
        "private GET /api/v1/policies right read 0",
        "private GET /api/v1/policies/fields right read 0",
        "private GET /api/v1/policies/{version} right read 0",
        "private GET /outreach right read 0",
        "private POST /outreach/suppress right suppress 4096",
        "private POST /outreach/lift right unsuppress 4096",
        "private POST /outreach/holds/end right records 4096",
        "private GET /api/v1/outreach right read 0",
        "private GET /api/v1/suppressions right read 0",
        "private POST /api/v1/suppressions right suppress 16384",
        "private POST /api/v1/suppressions/{suppression}/lift right unsuppress 16384",
        "private POST /api/v1/holds/{hold}/end right records 16384",
        "private GET /new/{kind} right propose 0",
        "private POST /new/{kind} right propose 65536",
        "private POST /new/{kind}/preview right propose 65536",
        "private POST /api/v1/messages right propose 65536",
        "private POST /api/v1/follow-ups right propose 65536",
        "private POST /actions/{action}/hold right records 16384",
        "private POST /customers/{partner}/hold right records 16384",
        "private POST /customers/{partner}/holds/end right records 4096",
        "private POST /api/v1/holds right records 16384",
        "private GET /setup right read 0",
        "private POST /setup/tick right settings 4096",
        "private POST /setup/untick right settings 4096",
        "private GET /api/v1/setup right read 0",
        "private POST /api/v1/setup/tick right settings 16384",
        "private POST /api/v1/setup/untick right settings 16384",
        "private GET /settings right read 0",
        "private POST /settings/change right settings 16384",
        "private POST /settings/people/add right people 4096",
        "private POST /settings/people/change right people 4096",
        "private POST /settings/tokens/create right read 4096",
        "private POST /settings/tokens/revoke right read 4096",
        "private GET /api/v1/settings right read 0",
        "private POST /api/v1/settings right settings 16384",
        "private POST /inbox/undo right decide 4096",
        "private POST /inbox/send-now right decide 4096",
        "private POST /inbox/views right read 4096",
        "private POST /inbox/views/remove right read 4096",
        "private GET /api/v1/inbox/views right read 0",
        "private POST /api/v1/inbox/views right read 16384",
        "private POST /api/v1/inbox/views/{view}/remove right read 16384",
        "private GET /events right read 0",
        "private GET /api/v1/events right read 0",
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
        .replacing("{person}", with: "abc").replacing("{role}", with: "abc")
        .replacing("{passkey}", with: "abc")
      let place = live.place(path)
      #expect((place != nil) == (route.listener == listener))
      if route.listener == listener {
        let isThere = route.method == "GET" ? place?.reading != nil : place?.writing != nil
        #expect(isThere)
      }
    }
    #expect((live.place("/") == nil) == (listener == .public))
    for path in ["", "/hooks", "/hooks/smtp2go", "/a/abc", "/metrics/", "*"] {
      #expect(live.place(path) == nil)
    }
  }

  @Test(arguments: [
    ("/u/{token}", "/u/abc", "abc"), ("/u/{token}", "/u/a%2Fb", "a%2Fb"),
    ("/u/{token}", "/u/", nil), ("/u/{token}", "/u", nil), ("/u/{token}", "/u/a/", nil),
    ("/u/{token}", "/u/a/b", nil), ("/u/{token}", "//u/a", nil), ("/u/{token}", "u/a", nil),
    ("/u/{token}", "/U/a", nil), ("/healthz", "/healthz", ""), ("/healthz", "/healthz/", nil),
    ("/healthz", "/../healthz", nil), ("/r/{role}/remove", "/r/abc/remove", "abc"),
    ("/r/{role}/remove", "/r//remove", nil), ("/r/{role}/remove", "/r/abc", nil),
    ("/r/{role}/remove", "/r/a/b/remove", nil),
  ])
  func `a template matches whole paths only`(
    _ template: String, _ path: String, _ token: String?
  ) {
    #expect(RouteTemplate(template).match(path) == token)
  }
}
