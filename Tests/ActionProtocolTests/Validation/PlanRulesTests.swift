import ActionProtocol
import Testing

@Suite("Plans on the wire")
struct PlanRulesTests {
  static func codes(_ predicate: JSONValue, id: String = "a", twice: Bool = false) throws
    -> [String]
  {
    let check: JSONValue = [
      "check_id": .string(id), "description": "a check", "severity_on_fail": "block",
      "predicate": predicate,
    ]
    var document = try Examples.reminder().jsonForTests
    document["revalidation_plan"] = ["checks": .array(twice ? [check, check] : [check])]
    return ProtocolValidation.issues(in: CanonicalJSON.encode(.object(document))).map(\.code)
  }

  static let window: JSONValue = [
    "type": "quiet_hours_ok", "timezone": "Europe/Berlin", "business_hours_start": "22:00",
    "business_hours_end": "06:00", "days": [1, 7], "holidays": ["2026-12-25"],
  ]

  @Test(
    arguments: [
      (["type": "odoo_record_exists", "model": "account.move", "id": 1], []),
      (["type": "odoo_record_exists", "model": "account.move", "id": 0], ["field.range"]),
      (["type": "odoo_record_exists", "model": "account.move"], ["field.required"]),
      (["type": "odoo_record_exists", "model": "a", "id": 1, "field": "x"], ["field.unknown"]),
      (["type": "odoo_field_equals", "model": "a", "id": 1, "field": "x", "expected": .null], []),
      (["type": "odoo_field_equals", "model": "a", "id": 1, "field": "x"], ["field.required"]),
      (
        ["type": "odoo_field_equals", "model": "a", "id": 1, "field": "x y", "expected": 1],
        ["field.format"]
      ),
      (
        ["type": "odoo_field_in", "model": "a", "id": 1, "field": "x", "in": []], ["field.too_few"]
      ),
      (
        [
          "type": "no_duplicate_action_in_window", "scope_key": "partner_7:invoice",
          "window_minutes": 240,
        ],
        []
      ),
      (
        ["type": "no_duplicate_action_in_window", "scope_key": "partner_x:y", "window_minutes": 0],
        ["field.format", "field.range"]
      ),
      (window, []), (["type": "odoo_is_nice"], ["field.value"]), ([:], ["field.required"]),
      ("x", ["field.type"]),
    ] as [(JSONValue, [String])])
  func `predicates are checked field by field`(predicate: JSONValue, codes: [String]) throws {
    #expect(try Self.codes(predicate) == codes)
  }

  @Test(
    arguments: [
      ("timezone", "Europe/Atlantis", ["timezone.unknown"]),
      ("timezone", "Europe//Berlin", ["field.format"]),
      ("business_hours_start", "24:00", ["field.format"]), ("business_hours_end", "24:00", []),
      ("business_hours_end", "22:00", ["quiet_hours.empty"]), ("days", [], ["field.too_few"]),
      ("days", [0], ["field.range"]), ("days", [1, 1], ["field.not_unique"]),
      ("holidays", ["2026-02-30"], ["field.format"]),
    ] as [(String, JSONValue, [String])])
  func `windows are checked field by field`(key: String, value: JSONValue, codes: [String]) throws {
    var window = try #require(Self.window.objectValue)
    window[key] = value
    #expect(try Self.codes(.object(window)) == codes)
  }

  @Test func `a check's name is its own`() throws {
    #expect(
      try Self.codes(Self.window, twice: true) == ["revalidation_plan.duplicate_check"])
  }
}
