import Addressing

extension TypedOperation {
  /// The operation of a validated proposal.
  init(from document: Decoding) throws(Decoding.Gap) {
    let type: ActionType = try document.choice("action_type")
    let inputs = try document.nested("operation").nested("inputs")
    guard let operation = try TypedOperation(type, inputs) else {
      throw Decoding.Gap(key: "operation")
    }
    self = operation
  }

  /// The operation of an action type with its inputs on the wire.
  ///
  /// - Throws: every issue of the inputs, with pointers from the inputs' own root.
  public init(actionType: ActionType, operationInputs: JSONObject) throws(ProtocolIssues) {
    var validator = ShapeValidator()
    validator.check(
      .object(operationInputs), .record(OperationShapes.inputs(of: actionType.operationType)))
    guard validator.collector.issues.isEmpty else {
      throw ProtocolIssues(validator.collector.issues)
    }
    do throws(Decoding.Gap) {
      guard let made = try TypedOperation(actionType, Decoding(operationInputs)) else {
        throw Decoding.Gap(key: "operation")
      }
      self = made
    } catch {
      throw ProtocolIssues([error.issue])
    }
  }

  private init?(_ type: ActionType, _ inputs: Decoding) throws(Decoding.Gap) {
    if let type = EmailActionType(rawValue: type.rawValue) {
      self = .email(type, try SendEmail(from: inputs))
    } else if let type = SMSActionType(rawValue: type.rawValue) {
      self = .sms(type, try SendSMS(from: inputs))
    } else if let type = TaskActionType(rawValue: type.rawValue) {
      self = .createTask(type, try CreateTask(from: inputs))
    } else if let type = StageActionType(rawValue: type.rawValue) {
      self = .updateStage(type, try UpdateStage(from: inputs))
    } else if let type = ActivityActionType(rawValue: type.rawValue) {
      self = .logActivity(type, try LogActivity(from: inputs))
    } else if let type = NoteActionType(rawValue: type.rawValue) {
      self = .createNote(type, try CreateNote(from: inputs))
    } else if let type = FollowUpActionType(rawValue: type.rawValue) {
      self = .scheduleFollowUp(type, try ScheduleFollowUp(from: inputs))
    } else {
      return nil
    }
  }
}

// What is wrong with an address the validator has said already, with the pointer and the remedy;
// decoding runs after it and only has to stop.
extension Decoding {
  static func address(_ value: JSONValue) throws(Gap) -> EmailAddress {
    guard let text = value.stringValue, let address = try? EmailAddress(text) else {
      throw Gap(key: "address")
    }
    return address
  }

  /// A recipient in its normal form.
  static func recipient(_ text: String, _ type: EffectType) throws(Gap) -> String {
    if type == .email { return try address(.string(text)).rawValue }
    guard let phone = try? PhoneNumber(e164: text) else { throw Gap(key: "recipient") }
    return phone.e164
  }

  fileprivate func mailbox(_ key: String) throws(Gap) -> Mailbox? {
    try optional(key) { value in value.stringValue.flatMap { try? Mailbox($0) } }
  }
}

extension SendEmail {
  fileprivate init(from inputs: Decoding) throws(Decoding.Gap) {
    self.init(
      to: try Self.recipients(inputs),
      cc: try inputs.list("cc", Decoding.address), bcc: try inputs.list("bcc", Decoding.address),
      from: try inputs.mailbox("from"), replyTo: try inputs.mailbox("reply_to"),
      subject: try inputs.text("subject"), bodyText: try inputs.text("body_text"),
      bodyHTML: try inputs.optionalText("body_html"),
      templateID: try inputs.optionalText("template_id"),
      templateVars: try inputs.optional("template_vars", \.objectValue),
      attachments: try inputs.records("attachments", Attachment.init(from:)))
  }

  /// One address or a list of them.
  private static func recipients(_ inputs: Decoding) throws(Decoding.Gap) -> [EmailAddress] {
    if let one = inputs["to"], one.stringValue != nil { return [try Decoding.address(one)] }
    return try inputs.list("to", Decoding.address)
  }
}

extension Attachment {
  fileprivate init(from document: Decoding) throws(Decoding.Gap) {
    self.init(
      blobSHA256: try document.required("blob_sha256") { value in
        value.stringValue.flatMap(Digest.init(hex:))
      },
      filename: try document.text("filename"), mediaType: try document.text("media_type"),
      bytes: try document.integer("bytes"))
  }
}

extension SendSMS {
  fileprivate init(from inputs: Decoding) throws(Decoding.Gap) {
    self.init(
      to: try inputs.required("to") { value in
        // The validator has said what is wrong with it.
        value.stringValue.flatMap { try? PhoneNumber(e164: $0) }
      },
      body: try inputs.text("body"), templateID: try inputs.optionalText("template_id"))
  }
}

extension CreateTask {
  fileprivate init(from inputs: Decoding) throws(Decoding.Gap) {
    self.init(
      name: try inputs.text("name"), description: try inputs.optionalText("description"),
      userID: try inputs.optionalInteger("user_id"),
      dateDeadline: try inputs.date("date_deadline"),
      priority: try inputs.optionalChoice("priority") ?? .normal,
      partnerID: try inputs.partner("partner_id"),
      projectID: try inputs.optionalInteger("project_id"))
  }
}

extension UpdateStage {
  fileprivate init(from inputs: Decoding) throws(Decoding.Gap) {
    self.init(
      model: try inputs.choice("model"), recordID: try inputs.integer("record_id"),
      stageID: try inputs.integer("stage_id"), reason: try inputs.optionalText("reason"))
  }
}

extension LogActivity {
  fileprivate init(from inputs: Decoding) throws(Decoding.Gap) {
    self.init(
      resModel: try inputs.text("res_model"), resID: try inputs.integer("res_id"),
      activityType: try inputs.required("activity_type") { value in
        value.integerValue.map { .id($0) } ?? value.stringValue.map { .name($0) }
      },
      summary: try inputs.text("summary"), note: try inputs.optionalText("note"),
      dateDeadline: try inputs.date("date_deadline"),
      userID: try inputs.optionalInteger("user_id"))
  }
}

extension CreateNote {
  fileprivate init(from inputs: Decoding) throws(Decoding.Gap) {
    self.init(
      model: try inputs.text("model"), recordID: try inputs.integer("record_id"),
      body: try inputs.text("body"), subtype: try inputs.optionalChoice("subtype") ?? .comment)
  }
}

extension ScheduleFollowUp {
  fileprivate init(from inputs: Decoding) throws(Decoding.Gap) {
    self.init(
      contextType: try inputs.choice("context_type"), contextID: try inputs.text("context_id"),
      scheduledFor: try inputs.instant("scheduled_for"),
      actionType: try inputs.choice("action_type"),
      templateID: try inputs.optionalText("template_id"),
      parameters: try inputs.optional("parameters", \.objectValue))
  }
}
