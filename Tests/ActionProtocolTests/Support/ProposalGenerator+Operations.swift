import ActionProtocol
import Addressing
import Testing

extension ProposalGenerator {
  mutating func operation() throws -> TypedOperation {
    switch random.pick(OperationType.allCases) {
    case .sendEmail: .email(random.pick(EmailActionType.allCases), try email())
    case .sendSMS:
      .sms(
        .xSendSMSAlert,
        SendSMS(
          to: try PhoneNumber(e164: "+49151" + "1" + digits(7)),
          body: text(1...320, ["a", "b", "é", "🙂", "\n", " "]),
          templateID: random.chance(30) ? line(1...100) : nil))
    case .createOdooTask: .createTask(random.pick(TaskActionType.allCases), task())
    case .updateOdooStage: .updateStage(.updateDealStage, stage())
    case .logOdooActivity: .logActivity(.xLogActivity, activity())
    case .createInternalNote:
      .createNote(
        .xCreateNote,
        CreateNote(
          model: "account.move", recordID: id(), body: prose(1...99),
          subtype: random.pick(NoteSubtype.allCases)))
    case .scheduleFollowUp: .scheduleFollowUp(.scheduleCustomerCheckIn, followUp())
    }
  }

  private mutating func email() throws -> SendEmail {
    let count = random.chance(20) ? 10 : random.int(1...3)
    let all = try (0..<count).map { index in
      try EmailAddress("user\(index)." + digits(3) + "@customer.example")
    }
    let copies = random.int(0...(count - 1))
    let blind = random.int(0...copies)
    let template = random.chance(30) ? line(1...100) : nil
    return SendEmail(
      to: Array(all[copies...]), cc: Array(all[blind..<copies]), bcc: Array(all[..<blind]),
      from: random.chance(40) ? try Mailbox("AIOM <hello@acme.example>") : nil,
      replyTo: random.chance(40) ? try Mailbox("answers@acme.example") : nil,
      subject: line(1...200), bodyText: prose(1...200),
      bodyHTML: random.chance(50) ? prose(1...200) : nil, templateID: template,
      templateVars: template != nil && random.chance(60) ? object(depth: 1) : nil,
      attachments: random.list(0...2) { random in
        Attachment(
          blobSHA256: .sha256([UInt8(random.int(0...255))]), filename: "invoice.pdf",
          mediaType: "application/pdf", bytes: Int64(random.int(0...50_000_000)))
      })
  }

  private mutating func stage() -> UpdateStage {
    let model = random.pick(StageModel.allCases)
    return UpdateStage(
      model: model, recordID: id(),
      stageID: model == .saleOrder ? random.pick(SaleOrderState.allCases).rawValue : id(),
      reason: random.chance(50) ? prose(1...50) : nil)
  }

  private mutating func task() -> CreateTask {
    CreateTask(
      name: line(1...200), description: random.chance(50) ? prose(1...99) : nil,
      userID: random.maybe { Int64($0.int(1...99)) },
      dateDeadline: random.maybe { LocalDate(epochDay: $0.int(-30_000...40_000)) },
      priority: random.pick(TaskPriority.allCases),
      partnerID: PartnerID(rawValue: Int64(random.int(-9...9))),
      projectID: random.maybe { Int64($0.int(1...99)) })
  }

  private mutating func activity() -> LogActivity {
    LogActivity(
      resModel: random.pick(["crm.lead", "res.partner", "x_custom.model_2"]), resID: id(),
      activityType: random.chance(50) ? .id(id()) : .name(line(1...100)), summary: line(1...200),
      note: random.chance(50) ? prose(1...99) : nil,
      dateDeadline: random.maybe { LocalDate(epochDay: $0.int(0...40_000)) },
      userID: random.maybe { Int64($0.int(1...99)) })
  }

  private mutating func followUp() -> ScheduleFollowUp {
    ScheduleFollowUp(
      contextType: random.pick(FollowUpContext.allCases), contextID: line(1...100),
      scheduledFor: Instant(milliseconds: Int64(random.int(-999_999_999...2_000_000_000_000))),
      actionType: random.pick(FollowUpKind.allCases),
      templateID: random.chance(50) ? line(1...100) : nil,
      parameters: random.chance(50) ? object(depth: 1) : nil)
  }
}
