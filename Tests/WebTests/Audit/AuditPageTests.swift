import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@testable import Web

@Suite("Audit pages") struct AuditPageTests {
  private static func place() async throws -> (AccessPlace, ActionState) {
    let place = try await AccessPlace()
    try await place.addOwner()
    let state = try await place.propose(1)
    try await place.house.approve(state.id)
    try await place.house.run()
    place.house.clock.advance(by: .seconds(86_400))
    _ = try await place.propose(2)
    return (place, state)
  }

  /// What a filter would let through, found by reading everything.
  private static func expected(
    _ place: AccessPlace, _ isWanted: @Sendable (AuditLine) -> Bool
  ) async throws -> [Int64] {
    let all = try await AuditSearch(place.engine).page(place.house.org, AuditFilter(limit: 4000))
    let raw = try await place.house.store.read { [org = place.house.org] in
      try $0.audit(org, action: nil, after: 0, limit: 4000)
    }
    #expect(all.lines.map(\.record.sequence) == raw.map(\.sequence).reversed())
    #expect(all.lines.map(\.record.leaf) == raw.map(\.leaf).reversed())
    return all.lines.filter(isWanted).map(\.record.sequence)
  }

  @Test func `each filter lets through what it names, and nothing else`() async throws {
    let (place, state) = try await Self.place()
    func found(_ filter: AuditFilter) async throws -> [Int64] {
      try await AuditSearch(place.engine).page(place.house.org, filter).lines.map(\.record.sequence)
    }
    let noon = try #require(Instant(rfc3339: "2026-03-05T00:00:00Z"))
    let pairs: [(AuditFilter, @Sendable (AuditLine) -> Bool)] = [
      (AuditFilter(action: state.id), { $0.subject == "action:\(state.id.rawValue)" }),
      (AuditFilter(actor: "person:ann"), { $0.actor == "person:ann" }),
      (AuditFilter(kind: "action"), { $0.kind.hasPrefix("action.") }),
      (AuditFilter(kind: "action.approved"), { $0.kind == "action.approved" }),
      (AuditFilter(kind: "act"), { _ in false }),
      (AuditFilter(from: noon), { $0.record.at >= noon }),
      (AuditFilter(to: noon), { $0.record.at < noon }),
      (AuditFilter(kind: "execution", from: noon), { _ in false }),
    ]
    for (filter, isWanted) in pairs {
      var filter = filter
      filter.limit = 1000
      let wanted = try await Self.expected(place, isWanted)
      #expect(try await found(filter) == wanted, "\(filter)")
    }
  }

  @Test func `halving finds the same numbers as counting, for every instant`() async throws {
    let place = try await AccessPlace()
    let house = place.house
    for minutes in [0, 5, 5, 300, 0, 2, 700] {
      house.clock.advance(by: .seconds(minutes * 60))
      try await house.store.write { [org = house.org] store in
        try store.append(
          [AuditEvent(kind: "test.made", actor: "system:test", via: "test", subject: "test")],
          org: org)
      }
    }
    let all = try await house.store.read { [org = house.org] in
      try $0.audit(org, action: nil, after: 0, limit: 100)
    }
    for record in all {
      for shift in [-1, 0, 1] {
        let at = record.at.advanced(by: .milliseconds(shift))
        let numbers = try await house.store.read { [org = house.org] in
          (try $0.auditNumbers(org, from: at, to: nil), try $0.auditNumbers(org, from: nil, to: at))
        }
        // A minute wider on either side, for servers that disagree.
        let from = all.filter { $0.at.milliseconds >= at.milliseconds - 60_000 }.map(\.sequence)
        let to = all.filter { $0.at.milliseconds < at.milliseconds + 60_000 }.map(\.sequence)
        #expect(numbers.0?.lowerBound == from.min() && numbers.0?.upperBound == from.max())
        #expect(numbers.1?.lowerBound == to.min() && numbers.1?.upperBound == to.max())
      }
    }
  }

  @Test func `pages follow each other without a gap`() async throws {
    let (place, _) = try await Self.place()
    var filter = AuditFilter(limit: 3)
    var seen: [Int64] = []
    while true {
      let page = try await AuditSearch(place.engine).page(place.house.org, filter)
      seen += page.lines.map(\.record.sequence)
      guard let next = page.next else { break }
      filter.before = next
    }
    #expect(seen == Array((1...Int64(seen.count)).reversed()))
    let session = try await place.session("ann")
    try await place.run { running in
      let page = try await running.ask(
        "GET /audit?kind=action&from=2026-03-04&to=2026-03-04", Browsing.fields(session))
      #expect(page.status == 200 && page.body.contains("action.approved"))
      #expect(!page.body.contains(">2026-03-05") && page.body.contains("value=\"2026-03-04\""))
      #expect(page.body.contains("format=csv"))
      let older = try await running.ask("GET /audit?before=4", Browsing.fields(session))
      #expect(older.body.contains("/audit/export?before=4&amp;format=csv"))
      for query in ["from=x", "action=1", "before=x"] {
        let bad = try await running.ask("GET /audit?\(query)", Browsing.fields(session))
        #expect(bad.status == 422, "\(query)")
      }
    }
  }

  @Test func `files hold what the filter lets through, and no cell is a formula`() async throws {
    let (place, state) = try await Self.place()
    try await place.house.store.write { [org = place.house.org] store in
      try store.append(
        [
          AuditEvent(
            kind: "test.made", actor: "=cmd|' /C calc'!A0", via: "test", subject: "-1+1",
            details: ["said": .string("a \"quoted\"\nline")])
        ], org: org)
    }
    let session = try await place.session("ann")
    let fields = Browsing.fields(session)
    try await place.run { running in
      let csv = try await running.ask("GET /audit/export?format=csv", fields)
      #expect(csv.status == 200 && csv.fields["content-type"] == "text/csv; charset=utf-8")
      #expect(csv.fields["content-disposition"]?.hasPrefix("attachment") == true)
      #expect(csv.fields["cache-control"] == "no-store")
      #expect(csv.body.contains("\"'=cmd|' /C calc'!A0\"") && csv.body.contains("\"'-1+1\""))
      #expect(csv.body.contains("said a \"\"quoted\"\""))
      let json = try await running.ask(
        "GET /audit/export?format=json&action=\(state.id.rawValue)", fields)
      #expect(json.status == 200 && json.body.contains(#""kind":"action.approved""#))
      #expect(!json.body.contains("test.made") && json.body.contains(#""next":null"#))
      let bad = try await running.ask("GET /audit/export?format=exe", fields)
      #expect(bad.status == 422)
    }
  }

  @Test(arguments: [
    ("plain", "\"plain\""), ("=1", "\"'=1\""), ("+1", "\"'+1\""), ("-1", "\"'-1\""),
    ("@x", "\"'@x\""), ("\tx", "\"'\tx\""), ("\rx", "\"'\rx\""), ("a\"b", "\"a\"\"b\""),
    ("", "\"\""),
  ])
  func `a cell`(_ text: String, _ cell: String) {
    #expect(AuditFile.cell(text) == cell)
  }

  @Test func `the page asks the same number of things however long the log is`() async throws {
    let (place, _) = try await Self.place()
    let session = try await place.session("ann")
    let few = try await place.statements("/audit?from=2026-03-04&kind=action", session)
    try await place.house.store.write { [org = place.house.org] store in
      let event = AuditEvent(kind: "test.made", actor: "system:test", via: "test", subject: "t")
      try store.append(Array(repeating: event, count: 2000), org: org)
    }
    #expect(try await place.statements("/audit?from=2026-03-04&kind=action", session) == few)
    #expect(few <= 19, "\(few)")
  }
}
