/// The shape of a proposal: the one description behind reader and schema.
enum ProposalShape {
  static let record = RecordShape(
    name: "proposal", fields: fields(requiringAll: false), serverOwned: serverOwned, rules: rules)

  /// Fields of an action that a proposal's body may not have (DECISIONS.md 1).
  static let serverOwned = [
    "created_by", "created_at", "status", "hold", "revision", "revision_digest", "execute_by",
    "executed_at", "execution_duration_ms", "execution_result", "approved_by", "approved_at",
    "rejected_by", "rejected_at", "rejection_reason",
  ]

  private static let serverOwnedOfApproval = [
    "approved_by", "approved_at", "rejected_by", "rejected_at", "rejection_reason",
  ]

  static let channels = Field.optional(
    "channels",
    .list(ListShape(item: .choice(of: ApprovalChannel.self), count: 1...3, isUnique: true)),
    "where the approval is asked for", fallback: ["in_app"])

  private static let approval = RecordShape(
    name: "approval", fields: [channels], serverOwned: serverOwnedOfApproval)

  /// The fields of a proposal; an action has the same, those that AIOM fills in always.
  static func fields(requiringAll: Bool) -> [Field] {
    identity(requiringAll: requiringAll) + content(requiringAll: requiringAll)
  }

  private static func identity(requiringAll: Bool) -> [Field] {
    [
      .required(
        "version", .choice([Proposal.version]), "the protocol's version", suggestion: "1.1"),
      Field(
        name: "action_id", shape: .line(10...100, .identifier),
        summary: "the action's id, at least 10 characters; made by AIOM when absent",
        isRequired: requiringAll, suggestion: nil, fallback: nil),
      .required(
        "org_id", .line(1...100), "the organisation, as aiom org list names it",
        suggestion: "my-company"),
      .required(
        "action_type", .choice(of: ActionType.self), "what the action is for",
        suggestion: "send_invoice_reminder"),
      Field(
        name: "safe_operation", shape: .choice(of: OperationType.self),
        summary: "the operation of the action type; derived when absent",
        isRequired: requiringAll, suggestion: nil, fallback: nil),
      Field(
        name: "risk_level", shape: .choice(of: RiskLevel.self),
        summary: "the risk, never below the type's default; the default when absent",
        isRequired: requiringAll, suggestion: nil, fallback: nil),
      .optional(
        "requires_approval", .boolean,
        "true for high and critical risk; else policy decides when absent"),
    ]
      + (requiringAll
        ? []
        : [
          .optional(
            "approval", .record(approval), "how the approval is asked for",
            fallback: ["channels": ["in_app"]])
        ])
      + [
        Field(
          name: "expires_at", shape: .timestamp,
          summary: "until when it may be decided, at most 30 days; 24 hours when absent",
          isRequired: requiringAll, suggestion: nil, fallback: nil),
        Field(
          name: "idempotency_key", shape: .line(1...200),
          summary: "what makes it the same as an earlier proposal",
          isRequired: requiringAll, suggestion: nil, fallback: nil),
        .optional("analysis_id", .line(1...200), "the analysis it came from"),
      ]
  }

  private static func content(requiringAll: Bool) -> [Field] {
    [
      .required(
        "expected_effect", .prose(10...600), "what will happen, 10-600 characters",
        suggestion: .string(Suggestions.expectedEffect)),
      .required(
        "reasoning", .prose(10...2000), "why, 10-2000 characters",
        suggestion: .string(Suggestions.reasoning)),
      .required(
        "affected_records", .record(affectedRecords), "the records concerned",
        suggestion: Suggestions.affectedRecords),
      .optional(
        "proposed_changes", .list(ListShape(item: .record(proposedChange), count: 0...500)),
        "the difference a person approves", fallback: []),
      .optional(
        "revalidation_plan", .record(PredicateShapes.plan),
        "what is checked again before execution; the minimum plan is added", fallback: [:]),
      .optional(
        "external_effects", .list(ListShape(item: .record(externalEffect), count: 0...10)),
        "every recipient of the operation; derived from it when absent"),
      .required(
        "operation", OperationShapes.all, "the operation with its inputs",
        suggestion: Suggestions.operation(of: .sendEmail)),
      .optional("estimated_impact", .record(estimatedImpact), "what it is expected to bring"),
      Field(
        name: "rollback_strategy", shape: .choice(of: RollbackStrategy.self),
        summary: "how it can be undone; by operation when absent",
        isRequired: requiringAll, suggestion: nil, fallback: nil),
      .optional("metadata", .map, "anything else, at most 16 KiB"),
    ]
  }

  private static let affectedRecords = RecordShape(
    name: "affected_records",
    fields: [
      .optional("odoo_model", .model, "the records' model"),
      .optional(
        "odoo_ids", .list(ListShape(item: .recordID, count: 0...500, isUnique: true)),
        "the records' numbers", fallback: []),
      .optional("partner_id", .alternatives([.recordID, .null]), "the customer they belong to"),
      .optional("partner_name", .line(1...200), "the customer's name"),
      .optional("record_name", .line(1...200), "the records' name, such as INV-2024-001"),
    ],
    rules: [
      .someNotEmpty(
        ["odoo_ids", "partner_id"],
        RecordRule.Wording(
          code: "affected_records.empty", message: "No record is named.",
          remedy: "Name the records in odoo_model and odoo_ids, or the customer in partner_id.")),
      .notEmptyNeeds(
        field: "odoo_ids", needed: "odoo_model", suggestion: "account.move",
        RecordRule.Wording(
          code: "field.required", message: "odoo_ids are given without odoo_model.",
          remedy: "Add the model of the records.")),
    ])

  private static let proposedChange = RecordShape(
    name: "proposed_change",
    fields: [
      .required(
        "path", .line(1...200, .changePath), "what changes, such as crm.lead.stage_id",
        suggestion: .string(TextFormat.changePath.example)),
      .optional(
        "before", .anything, "the value before; null when something is created", fallback: .null),
      .optional(
        "after", .anything, "the value after; null when something is deleted", fallback: .null),
      .required(
        "change_type", .choice(of: ChangeType.self), "how it changes", suggestion: "set"),
      .optional("human_label", .line(1...200), "the change in words"),
    ])

  private static let effectKind = Shape.choice(EffectType.proposable.map(\.rawValue))

  private static let externalEffect = RecordShape(
    name: "external_effect",
    fields: [
      .optional("effect_type", effectKind, "how the recipient notices it"),
      .optional("type", effectKind, "an older name of effect_type, accepted when reading"),
      .required(
        "recipient", .line(3...320), "the address or number", suggestion: "billing@customer.example"
      ),
      .optional(
        "recipient_partner_id", .alternatives([.recordID, .null]), "the recipient's record"),
      .optional("subject", .line(1...200), "the subject"),
      .optional("preview", .prose(0...ExternalEffect.previewLimit), "how the text begins"),
      .optional("estimated_delivery_at", .timestamp, "when it will probably arrive"),
    ],
    rules: [
      .exactlyOne(
        ["effect_type", "type"], preferred: "effect_type", suggestion: "email",
        RecordRule.Wording(
          code: "field.conflict", message: "effect_type and type are both given.",
          remedy: "Keep effect_type."))
    ])

  private static let estimatedImpact = RecordShape(
    name: "estimated_impact",
    fields: [
      .optional("revenue_change", .record(money), "the change in revenue"),
      .optional("cash_runway_change_days", .number(nil), "the change in days of cash runway"),
      .optional("time_saved_hours", .number(nil), "hours of work saved"),
      .optional("risk_reduction_score", .number(0...100), "how much risk is taken away, 0-100"),
    ])

  private static let money = RecordShape(
    name: "money",
    fields: [
      .required(
        "minor_units", .integer(-JSONReader.maximumInteger...JSONReader.maximumInteger),
        "the amount in the currency's minor unit", suggestion: 0),
      .required(
        "currency", .choice(Currency.allCodes), "the currency's code of ISO 4217",
        suggestion: "EUR"),
    ])
}
