/// The shapes of the revalidation plan.
enum PredicateShapes {
  static let plan = RecordShape(
    name: "revalidation_plan",
    fields: [
      .optional(
        "checks", .list(ListShape(item: .record(check), count: 0...500)),
        "the checks, each with a check_id of its own", fallback: [])
    ])

  private static let check = RecordShape(
    name: "check",
    fields: [
      .required("check_id", .line(1...100), "its name in the plan", suggestion: "invoice_exists"),
      .required(
        "description", .prose(5...500), "what it checks, for people",
        suggestion: "The invoice still exists"),
      .required(
        "severity_on_fail", .choice(of: FailSeverity.self), "what happens when it fails",
        suggestion: "block"),
      .required(
        "predicate", predicate, "the question",
        suggestion: ["type": "odoo_record_exists", "model": "account.move", "id": 1]),
    ])

  private static let predicate = Shape.tagged(
    PredicateType.allCases.map { type in
      TaggedCase(
        tag: type.rawValue,
        record: RecordShape(
          name: type.rawValue,
          fields: [
            .required(
              "type", .choice([type.rawValue]), "the kind of question",
              suggestion: .string(type.rawValue))
          ] + fields(of: type)))
    })

  private static func fields(of type: PredicateType) -> [Field] {
    switch type {
    case .recordExists: record
    case .fieldEquals:
      record + [
        field,
        .required(
          "expected", .anything, "the value; a decimal string counts as a number",
          suggestion: "posted"),
      ]
    case .fieldIn:
      record + [
        field,
        .required(
          "in", .list(ListShape(item: .anything, count: 1...100)), "the values",
          suggestion: ["not_paid", "partial"]),
      ]
    case .noDuplicateInWindow: window
    case .quietHours: quietHours
    }
  }

  private static let record: [Field] = [
    .required("model", .model, "the record's model", suggestion: "account.move"),
    .required("id", .recordID, "the record", suggestion: 1),
  ]

  private static let field = Field.required(
    "field", .line(1...100, .fieldName), "the field", suggestion: "payment_state")

  private static let window: [Field] = [
    .required(
      "scope_key", .line(1...150, .scopeKey), "partner_<id>:<context>",
      suggestion: .string(TextFormat.scopeKey.example)),
    .required(
      "window_minutes", .integer(1...525_600), "how far back is looked, in minutes",
      suggestion: 240),
  ]

  private static let quietHours: [Field] = [
    .required(
      "timezone", .meaning(.timezone, 1...100, .timezone), "the zone of the times",
      suggestion: .string(TextFormat.timezone.example)),
    .required(
      "business_hours_start", .line(5...5, .dayStart), "when the window opens",
      suggestion: .string(TextFormat.dayStart.example)),
    .required(
      "business_hours_end", .line(5...5, .dayEnd), "when it closes, exclusive",
      suggestion: .string(TextFormat.dayEnd.example)),
    .optional(
      "days", .list(ListShape(item: .integer(1...7), count: 1...7, isUnique: true)),
      "the days it opens on, 1 is Monday", fallback: [1, 2, 3, 4, 5]),
    .optional(
      "holidays", .list(ListShape(item: .date, count: 0...400, isUnique: true)),
      "the days it stays closed", fallback: []),
  ]
}
