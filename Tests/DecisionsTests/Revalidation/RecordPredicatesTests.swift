import ActionProtocol
import Decisions
import Testing

@Suite struct RecordPredicatesTests {
  private static let record = RecordReference(model: "account.move", id: 7)
  private static let now = Instant(milliseconds: 1_772_636_400_000)

  private func ask(
    _ predicate: Predicate, _ answer: RecordAnswer, now: Instant = now
  ) -> CheckResult? {
    RecordPredicates.evaluate(
      predicate, answer: answer, now: now, maximumAge: .seconds(24 * 3600))
  }

  private func found(_ value: JSONValue?) -> RecordAnswer {
    var fields = JSONObject()
    fields["field"] = value
    return .found(RecordFacts(fields: fields, asOf: Self.now))
  }

  private func equals(_ expected: JSONValue) -> Predicate {
    .fieldEquals(Self.record, field: "field", expected: expected)
  }

  static let equal: [(JSONValue, JSONValue)] = [
    ("not_paid", "not_paid"), (5000, "5000.00"), ("5000.00", 5000), ("5000.00", "5000"),
    (5000, 5000.0), (.number(0.1), "0.10"), ("0012.50", "12.5"), ("-0", 0), ("-0.00", "0"),
    ("-3.50", .number(-3.5)), (.null, .null), (.bool(false), .null), (.null, .bool(false)),
    (.bool(false), .bool(false)), (.bool(true), .bool(true)), ([7, "Acme Corp"], 7),
    ([7, "Acme Corp"], "7"), ([7, "Acme Corp"], "Acme Corp"), ([7, "Acme"], [7, "Acme"]),
    ([1, 2, 3], [1, 2, 3]), ([1, 2], [1, 2]), ("", ""),
    ("99999999999999999999.10", "99999999999999999999.1"),
  ]

  static let different: [(JSONValue, JSONValue)] = [
    ("not_paid", "paid"), ("5000.00", "5000.01"), (5000, "-5000"), ("5000", "5000 "),
    ("5,000.00", 5000), ("1e3", 1000), (".5", "0.5"), ("+5", 5), ("5000.00", .null), (0, .null),
    (0, .bool(false)), ("", .null), (1, .bool(true)), (.bool(true), .bool(false)),
    ([7, "Acme Corp"], 8), ([7, "Acme Corp"], "acme corp"), ([7, "Acme"], [7, "Other"]),
    ([7, "Acme"], .null), ([1, 2], 2), ([1, 2], 1), (["a", "b"], "b"), ([1, 2, 3], 1),
    ("99999999999999999999.1", "99999999999999999999.2"), ("Acme", "ACME"),
    ("\u{e9}", "e\u{301}"),
  ]

  @Test(arguments: equal)
  func `values are equal as the books mean them`(_ found: JSONValue, _ expected: JSONValue) {
    #expect(ask(equals(expected), self.found(found)) == .pass)
    #expect(
      ask(.fieldIn(Self.record, field: "field", ["other", expected]), self.found(found)) == .pass)
  }

  @Test(arguments: different)
  func `values that differ fail and say what was found`(
    _ found: JSONValue, _ expected: JSONValue
  ) {
    #expect(ask(equals(expected), self.found(found)) == .fail(found: found))
    #expect(
      ask(.fieldIn(Self.record, field: "field", ["other", expected]), self.found(found))
        == .fail(found: found))
  }

  @Test func `no value is in an empty list`() {
    #expect(ask(.fieldIn(Self.record, field: "field", []), found("x")) == .fail(found: "x"))
  }

  @Test func `a field that the books do not hold cannot be told`() {
    let result = CheckResult.cannotTell(reason: "field_not_held.field")
    #expect(ask(equals(.null), found(nil)) == result)
    #expect(ask(.fieldIn(Self.record, field: "field", [.null]), found(nil)) == result)
    #expect(ask(.recordExists(Self.record), found(nil)) == .pass)
  }

  static let predicates: [Predicate] = [
    .recordExists(record), .fieldEquals(record, field: "field", expected: "x"),
    .fieldIn(record, field: "field", ["x"]),
  ]

  @Test(arguments: predicates)
  func `a missing record fails`(_ predicate: Predicate) {
    #expect(ask(predicate, .missing) == .fail(found: "record_missing"))
  }

  @Test(arguments: predicates)
  func `books that cannot be read cannot tell`(_ predicate: Predicate) {
    #expect(
      ask(predicate, .unavailable(code: "odoo_unavailable"))
        == .cannotTell(reason: "odoo_unavailable"))
  }

  @Test(arguments: predicates)
  func `a reading is good until exactly its greatest age`(_ predicate: Predicate) {
    let limit = Self.now.advanced(by: .seconds(24 * 3600))
    let answer = found("x")
    #expect(ask(predicate, answer, now: limit.plus(milliseconds: -1)) == .pass)
    #expect(ask(predicate, answer, now: limit) == .pass)
    #expect(
      ask(predicate, answer, now: limit.plus(milliseconds: 1))
        == .cannotTell(reason: "stale_facts"))
  }

  @Test func `stale facts that would fail cannot tell either`() {
    let late = Self.now.advanced(by: .seconds(24 * 3600 + 1))
    #expect(ask(equals("paid"), found("x"), now: late) == .cannotTell(reason: "stale_facts"))
  }

  @Test func `predicates about our own tables are not answered here`() throws {
    let hours = try #require(QuietHours(timezone: "UTC", start: "09:00", end: "17:00"))
    #expect(ask(.quietHours(hours), found("x")) == nil)
    #expect(ask(.noDuplicateInWindow(scopeKey: "s", windowMinutes: 5), found("x")) == nil)
  }

  @Test func `every result has a stable word`() {
    let results: [CheckResult] = [
      .pass, .fail(found: .null), .cannotTell(reason: "x"), .holdUntil(Self.now, .coolDown),
    ]
    #expect(results.map(\.name) == ["pass", "fail", "cannot_tell", "hold"])
  }
}
