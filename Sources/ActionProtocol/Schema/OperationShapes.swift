/// The shapes of the seven operations' inputs.
enum OperationShapes {
  static let all = Shape.tagged(
    OperationType.allCases.map { type in
      TaggedCase(
        tag: type.rawValue,
        record: RecordShape(
          name: type.rawValue,
          fields: [
            .required(
              "type", .choice([type.rawValue]), "the operation", suggestion: .string(type.rawValue)),
            .required(
              "inputs", .record(inputs(of: type)), "what the operation is given",
              suggestion: Suggestions.inputs(of: type)),
          ]))
    })

  static func inputs(of type: OperationType) -> RecordShape {
    switch type {
    case .sendEmail: sendEmail
    case .sendSMS: sendSMS
    case .createOdooTask: createTask
    case .updateOdooStage: updateStage
    case .logOdooActivity: logActivity
    case .createInternalNote: createNote
    case .scheduleFollowUp: scheduleFollowUp
    }
  }

  private static let address = Shape.meaning(.email, 3...320)
  private static let copies = Shape.list(ListShape(item: address, count: 0...10))
  private static let mailbox = Shape.meaning(.mailbox, 3...600)
  private static let title = Shape.line(1...200)
  private static let body = Shape.prose(1...Shape.bodyLimit)
  private static let templateID = Shape.line(1...100)

  private static let sendEmail = RecordShape(
    name: "send_email_inputs",
    fields: [
      .required(
        "to", .alternatives([address, .list(ListShape(item: address, count: 1...10))]),
        "the recipient's address, or 1-10 of them; the records know it",
        suggestion: "billing@customer.example"),
      .optional("cc", copies, "copies, up to 10; all recipients together at most 10", fallback: []),
      .optional("bcc", copies, "blind copies, up to 10", fallback: []),
      .optional("from", mailbox, "one of the organisation's verified senders, else its default"),
      .optional("reply_to", mailbox, "where answers go"),
      .required("subject", title, "the subject, 1-200 characters", suggestion: "Your invoice"),
      .required(
        "body_text", body, "the plain text as it will be sent",
        suggestion: "Good day,\n\nplease find our message below.\n"),
      .optional("body_html", body, "the HTML twin of the plain text"),
      .optional("template_id", templateID, "the template this was rendered from"),
      .optional("template_vars", .map, "the values it was rendered with"),
      .optional(
        "attachments",
        .list(ListShape(item: .record(attachment), count: 0...20)),
        "files of the blob store", fallback: []),
    ],
    rules: [
      .needs(
        field: "template_vars", needed: "template_id",
        RecordRule.Wording(
          code: "template_vars.without_template", message: "Values are given without a template.",
          remedy: "Name the template in template_id, or remove template_vars."))
    ])

  private static let attachment = RecordShape(
    name: "attachment",
    fields: [
      .required(
        "blob_sha256", .line(64...64, .sha256), "the content's SHA-256 in lowercase hexadecimal",
        suggestion: .string(TextFormat.sha256.example)),
      .required(
        "filename", .line(1...255, .filename), "the name the recipient sees",
        suggestion: .string(TextFormat.filename.example)),
      .required(
        "media_type", .line(3...127, .mediaType), "the media type",
        suggestion: .string(TextFormat.mediaType.example)),
      .required("bytes", .integer(0...50_000_000), "the size in bytes", suggestion: 0),
    ])

  private static let sendSMS = RecordShape(
    name: "send_sms_inputs",
    fields: [
      .required(
        "to", .meaning(.phone, 8...16, .e164), "the recipient's number in E.164",
        suggestion: .string(TextFormat.e164.example)),
      .required(
        "body", .text(TextRule(length: 1...320, kind: .sms)), "the text, 1-320 characters",
        suggestion: "Please call us back."),
      .optional("template_id", templateID, "the template this was rendered from"),
    ])

  private static let createTask = RecordShape(
    name: "create_odoo_task_inputs",
    fields: [
      .required("name", title, "the title, 1-200 characters", suggestion: "Call the customer"),
      .optional("description", body, "what is to be done"),
      .optional("user_id", .recordID, "the user it is given to"),
      .optional("date_deadline", .date, "the day by which it is to be done"),
      .optional("priority", .choice(of: TaskPriority.self), "0 low to 3 urgent", fallback: "1"),
      .optional("partner_id", .recordID, "the customer it concerns"),
      .optional("project_id", .recordID, "the project it belongs to"),
    ])

  private static let updateStage = RecordShape(
    name: "update_odoo_stage_inputs",
    fields: [
      .required(
        "model", .choice(of: StageModel.self), "the record's model", suggestion: "crm.lead"),
      .required("record_id", .recordID, "the record", suggestion: 1),
      .required(
        "stage_id", .recordID,
        "the stage it is moved to; for orders 1 draft, 2 sent, 3 sale, 4 cancel", suggestion: 1),
      .optional("reason", body, "why; goes to the chatter"),
    ],
    rules: [
      .implies(
        Implication(
          when: ["model"], values: [StageModel.saleOrder.rawValue], then: ["stage_id"],
          allowed: SaleOrderState.allCases.map { .integer($0.rawValue) },
          wording: RecordRule.Wording(
            code: "stage_id.no_state", message: "An order has no such state.",
            remedy: "Use 1 draft, 2 sent, 3 sale or 4 cancel.")))
    ])

  private static let logActivity = RecordShape(
    name: "log_odoo_activity_inputs",
    fields: [
      .required("res_model", .model, "the record's model", suggestion: "crm.lead"),
      .required("res_id", .recordID, "the record", suggestion: 1),
      .required(
        "activity_type", .alternatives([.recordID, .line(1...100)]),
        "the activity's type, by number or well-known name", suggestion: "call"),
      .required("summary", title, "what it is, 1-200 characters", suggestion: "Call"),
      .optional("note", body, "more about it"),
      .optional("date_deadline", .date, "the day it is due"),
      .optional("user_id", .recordID, "the user it is given to"),
    ])

  private static let createNote = RecordShape(
    name: "create_internal_note_inputs",
    fields: [
      .required("model", .model, "the record's model", suggestion: "account.move"),
      .required("record_id", .recordID, "the record", suggestion: 1),
      .required("body", body, "the text; the customer never sees it", suggestion: "Note"),
      .optional("subtype", .choice(of: NoteSubtype.self), "the kind of note", fallback: "comment"),
    ])

  private static let scheduleFollowUp = RecordShape(
    name: "schedule_follow_up_inputs",
    fields: [
      .required(
        "context_type", .choice(of: FollowUpContext.self), "what it is about",
        suggestion: "customer"),
      .required("context_id", .line(1...100), "which one", suggestion: "1"),
      .required(
        "scheduled_for", .timestamp, "when it is due",
        suggestion: .string(TextFormat.timestamp.example)),
      .required(
        "action_type", .choice(of: FollowUpKind.self), "what is proposed then",
        suggestion: "email"),
      .optional("template_id", templateID, "the template to draft it from"),
      .optional("parameters", .map, "values for the proposal"),
    ])
}
