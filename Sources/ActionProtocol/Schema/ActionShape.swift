/// The shape of an action on the wire out: a proposal with its state.
enum ActionShape {
  static let record = RecordShape(
    name: "action", fields: ProposalShape.fields(requiringAll: true) + state,
    rules: ProposalShape.rules)

  private static let author = Shape.line(3...200)

  private static let state: [Field] = [
    .required(
      "created_by", author, "person:…, system:… or agent:…, from the caller's credentials",
      suggestion: "system:analyzer"),
    .required(
      "created_at", .timestamp, "when it was taken in",
      suggestion: .string(TextFormat.timestamp.example)),
    .required(
      "status", .choice(of: ActionStatus.self), "where it stands", suggestion: "pending_approval"),
    .required("revision", .recordID, "the number of the revision", suggestion: 1),
    .required(
      "revision_digest", .line(64...64, .sha256), "what approval, execution and audit name",
      suggestion: .string(TextFormat.sha256.example)),
    .required(
      "approval", .record(approval), "how the approval was asked for and decided",
      suggestion: ["channels": ["in_app"]]),
    .optional("sender", .meaning(.mailbox, 3...600), "the sender the message has"),
    .optional("reply_to", .meaning(.mailbox, 3...600), "where answers go"),
    .optional("execute_by", .timestamp, "until when it may be executed"),
    .optional("hold", .record(hold), "why it is not moving"),
    .optional("executed_at", .timestamp, "when it was executed"),
    .optional(
      "execution_duration_ms", .integer(0...JSONReader.maximumInteger),
      "how long the execution took"),
    .optional("execution_result", .record(result), "what came of it"),
  ]

  private static let approval = RecordShape(
    name: "approval_state",
    fields: [
      ProposalShape.channels,
      .optional("approved_by", author, "who approved it"),
      .optional("approved_at", .timestamp, "when"),
      .optional("rejected_by", author, "who rejected it"),
      .optional("rejected_at", .timestamp, "when"),
      .optional("rejection_reason", .prose(1...1000), "why, at most 1000 characters"),
    ])

  private static let hold = RecordShape(
    name: "hold",
    fields: [
      .required("reason", .choice(of: HoldReason.self), "why", suggestion: "scheduled"),
      .required(
        "until", .alternatives([.timestamp, .null]), "until when, null where only an event ends it",
        suggestion: .null),
    ])

  private static let result = RecordShape(
    name: "execution_result",
    fields: [
      .required("success", .boolean, "whether the effect is proven", suggestion: true),
      .optional("error_message", .prose(0...2000), "what went wrong"),
      .optional("external_id", .line(1...500), "the provider's id"),
      .required(
        "side_effects", .list(ListShape(item: .prose(1...500), count: 0...500)),
        "what else happened", suggestion: []),
    ])
}
