import ActionProtocol
import Testing

@Suite("Proposal reader")
struct ProposalReaderTests {
  static func issues(
    _ pointer: String, _ value: JSONValue?, operation: OperationType = .sendEmail
  ) throws -> [ProtocolIssue] {
    let place = try #require(JSONPointer(pointer))
    let valid = try Examples.proposal(of: operation).json
    let document =
      value.map { valid.setting(place, to: $0) }
      ?? DocumentMutator.removing(place, from: valid)
    return switch ProposalReader.read(document, now: Examples.now) {
    case .success: []
    case .failure(let failure): failure.issues
    }
  }

  static func summary(_ issues: [ProtocolIssue]) -> [String] {
    issues.map { $0.code + " " + $0.pointer.rawValue }
  }

  @Test(arguments: [
    "/version", "/org_id", "/action_type", "/expected_effect", "/reasoning", "/affected_records",
    "/operation", "/operation/type", "/operation/inputs", "/operation/inputs/to",
    "/operation/inputs/subject", "/operation/inputs/body_text",
  ])
  func `reports a missing field with a value to paste`(pointer: String) throws {
    let issue = try #require(try Self.issues(pointer, nil).first { $0.code == "field.required" })
    #expect(issue.pointer.rawValue == pointer)
    let suggestion = try #require(issue.suggestion)
    let after = Self.summary(try Self.issues(pointer, suggestion))
    #expect(!after.contains { $0.hasPrefix("field.") })
  }

  @Test(arguments: [
    "/safe_operation", "/risk_level", "/approval", "/proposed_changes", "/revalidation_plan",
    "/external_effects", "/rollback_strategy",
  ])
  func `a field with a default may be left out`(pointer: String) throws {
    #expect(try Self.issues(pointer, nil).isEmpty)
  }

  @Test(arguments: [
    "created_by", "created_at", "status", "executed_at", "execution_result",
    "execution_duration_ms", "approved_by", "rejected_by", "rejection_reason", "hold", "revision",
  ])
  func `a field that AIOM sets is refused`(name: String) throws {
    #expect(Self.summary(try Self.issues("/" + name, "x")) == ["field.server_owned /" + name])
  }

  @Test func `approval's own fields are refused likewise`() throws {
    #expect(
      Self.summary(try Self.issues("/approval/approved_at", "x"))
        == ["field.server_owned /approval/approved_at"])
  }

  @Test func `an unknown field names the nearest known one`() throws {
    let issue = try #require(try Self.issues("/expected_efect", "x").first)
    #expect(issue.code == "field.unknown")
    #expect(issue.remedy.contains("expected_effect"))
    #expect(try Self.issues("/zzz", 1).first?.remedy == "Remove it.")
  }

  /// Lengths in Unicode scalars: at the limit accepted, one beyond refused.
  @Test(arguments: [
    ("/expected_effect", 10, 600), ("/reasoning", 10, 2000), ("/org_id", 1, 100),
    ("/action_id", 10, 100), ("/idempotency_key", 1, 200), ("/analysis_id", 1, 200),
    ("/operation/inputs/subject", 1, 200), ("/operation/inputs/template_id", 1, 100),
    ("/affected_records/partner_name", 1, 200), ("/affected_records/record_name", 1, 200),
  ])
  func `lengths hold at both ends`(pointer: String, low: Int, high: Int) throws {
    func text(_ count: Int) -> JSONValue {
      // Two scalars that make one character: counted as two.
      let pair = pointer == "/action_id" ? "ab" : "e\u{301}"
      return .string(
        String(repeating: pair, count: count / 2) + (count % 2 == 1 ? "x" : ""))
    }
    #expect(try Self.issues(pointer, text(low)).isEmpty)
    #expect(try Self.issues(pointer, text(high)).isEmpty)
    #expect(
      try Self.issues(pointer, text(low - 1)).contains { $0.code == "field.too_short" })
    #expect(
      Self.summary(try Self.issues(pointer, text(high + 1))) == ["field.too_long " + pointer])
  }

  @Test(arguments: [
    ("/operation/inputs/subject", "a\r\nBcc: x@y.example", false),
    ("/operation/inputs/subject", "a\tb", false),
    ("/operation/inputs/subject", "a\u{2028}b", false),
    ("/operation/inputs/body_text", "a\n\tb", true),
    ("/operation/inputs/body_text", "a\rb", false),
    ("/operation/inputs/body_text", "a\u{0}b", false),
    ("/operation/inputs/body_html", "a\u{9b}b", false), ("/org_id", "a\u{7f}b", false),
    ("/idempotency_key", "a\nb", false), ("/reasoning", "first line\nsecond line", true),
  ])
  func `control characters are refused where they could do harm`(
    pointer: String, text: String, accepted: Bool
  ) throws {
    #expect(
      Self.summary(try Self.issues(pointer, .string(text)))
        == (accepted ? [] : ["field.control_character " + pointer]))
  }

  @Test(
    arguments: [
      ("/version", "1.0", "field.value"), ("/version", 1.1, "field.type"),
      ("/action_type", "send_urgent_alert", "field.value"),
      ("/risk_level", "severe", "field.value"),
      ("/requires_approval", "yes", "field.type"), ("/requires_approval", .null, "field.type"),
      ("/approval/channels", [], "field.too_few"),
      ("/approval/channels", ["email", "email"], "field.not_unique"),
      ("/approval/channels", ["fax"], "field.value"),
      ("/affected_records/odoo_ids", [0], "field.range"),
      ("/affected_records/odoo_ids", [1.5], "field.type"),
      ("/affected_records/odoo_ids", [1, 1], "field.not_unique"),
      ("/affected_records/odoo_model", "Account Move", "field.format"),
      ("/affected_records", [:], "affected_records.empty"),
      ("/affected_records", ["odoo_ids": [1]], "field.required"),
      ("/affected_records", ["partner_id": .null], "affected_records.empty"),
      ("/operation/type", "send_sms", "operation.mismatch"),
      ("/safe_operation", "send_sms", "safe_operation.mismatch"),
      ("/rollback_strategy", "auto_undo_odoo_write", "rollback_strategy.unsuitable"),
      ("/operation/inputs/to", [], "field.too_few"),
      ("/operation/inputs/to", "x", "field.too_short"),
      ("/operation/inputs/to", "acme.example", "email.no_at"),
      ("/operation/inputs/template_vars", [:], "template_vars.without_template"),
      ("/operation/inputs/from", "A <a@>", "email.domain_empty"),
      (
        "/external_effects", [["effect_type": "api_call", "recipient": "x.example"]], "field.value"
      ),
      ("/external_effects", [["effect_type": "webhook", "recipient": "x.example"]], "field.value"),
      ("/external_effects", [["recipient": "billing@acme.example"]], "field.required"),
      ("/external_effects", [], "external_effects.missing_recipient"),
      ("/estimated_impact", ["risk_reduction_score": 101], "field.range"),
      (
        "/estimated_impact", ["revenue_change": ["minor_units": 1, "currency": "EUX"]],
        "field.value"
      ),
      ("/metadata", "x", "field.type"), ("/expires_at", "tomorrow", "field.too_short"),
      (
        "/proposed_changes", [["path": "a.b", "change_type": "set", "before": 1, "after": 1.0]],
        "proposed_changes.no_change"
      ),
      ("/proposed_changes", [["path": "a.b", "change_type": "set"]], "proposed_changes.no_change"),
      ("", [], "field.type"),
    ] as [(String, JSONValue, String)])
  func `refuses what the table forbids`(pointer: String, value: JSONValue, code: String) throws {
    #expect(try Self.issues(pointer, value).contains { $0.code == code })
  }

  @Test(arguments: [(1, true), (4, true), (5, false)] as [(Int64, Bool)])
  func `an order is moved to one of its states`(stage: Int64, accepted: Bool) throws {
    let inputs: JSONValue = [
      "model": "sale.order", "record_id": 9, "stage_id": .integer(stage),
    ]
    let issues = try Self.issues("/operation/inputs", inputs, operation: .updateOdooStage)
    #expect(issues.map(\.code) == (accepted ? [] : ["stage_id.no_state"]))
  }

  @Test func `several things wrong are reported at once`() throws {
    let issues = try Self.issues(
      "/operation/inputs",
      ["to": ["no-at", "a@b.example"], "subject": "", "body_text": 5, "color": "red"])
    #expect(
      Set(Self.summary(issues)).isSuperset(of: [
        "email.no_at /operation/inputs/to/0", "field.too_short /operation/inputs/subject",
        "field.type /operation/inputs/body_text", "field.unknown /operation/inputs/color",
        "external_effects.missing_recipient /external_effects",
      ]))
  }

  @Test(arguments: ActionType.allCases)
  func `risk may be raised and never lowered`(type: ActionType) throws {
    var document = try Examples.proposal(of: type.operationType).jsonForTests
    document["action_type"] = .string(type.rawValue)
    for risk in RiskLevel.allCases {
      document["risk_level"] = .string(risk.rawValue)
      document["requires_approval"] = true
      let codes = ProtocolValidation.issues(in: CanonicalJSON.encode(.object(document))).map(\.code)
      #expect(codes == (risk < type.defaultRisk ? ["risk_level.below_default"] : []))
      document["requires_approval"] = false
      let without = ProtocolValidation.issues(in: CanonicalJSON.encode(.object(document)))
      #expect(
        without.contains { $0.code == "requires_approval.required" }
          == (max(risk, type.defaultRisk) >= .high))
    }
  }

  @Test(
    arguments: [
      (-1, ["expires_at.past"]), (0, ["expires_at.past"]), (1, []), (30 * 86_400_000, []),
      (30 * 86_400_000 + 1, ["expires_at.too_late"]),
    ] as [(Int64, [String])])
  func `a decision is due within thirty days`(offset: Int64, codes: [String]) throws {
    let moment = Instant(milliseconds: Examples.now.milliseconds + offset)
    #expect(try Self.issues("/expires_at", .string(moment.rfc3339)).map(\.code) == codes)
  }

  @Test func `without a clock the expiry is left to Intake`() throws {
    var proposal = try Examples.reminder()
    proposal.expiresAt = Instant(milliseconds: 0)
    #expect(proposal.issues().isEmpty)
    #expect(proposal.issues(now: Examples.now).map(\.code) == ["expires_at.past"])
  }

  @Test func `metadata is kept up to 16 KiB`() throws {
    func metadata(_ size: Int) -> JSONValue {
      ["a": .string(String(repeating: "x", count: size - 8))]
    }
    #expect(try Self.issues("/metadata", metadata(16_384)).isEmpty)
    #expect(
      Self.summary(try Self.issues("/metadata", metadata(16_385))) == [
        "metadata.too_large /metadata"
      ])
  }
}
