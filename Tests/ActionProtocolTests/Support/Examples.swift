import ActionProtocol
import Addressing
import Testing

/// Small valid values to vary in tests.
enum Examples {
  static let now = Instant(milliseconds: 1_790_000_000_000)

  static func org(_ name: String = "acme") throws -> OrgID { try #require(OrgID(rawValue: name)) }

  static func partner(_ id: Int64 = 7) throws -> PartnerID { try #require(PartnerID(rawValue: id)) }

  static func euros(_ units: Int64) throws -> Money {
    Money(minorUnits: units, currency: try #require(Currency(code: "EUR")))
  }

  static func quietHours() throws -> QuietHours {
    try #require(QuietHours(timezone: "Europe/Berlin", start: "09:00", end: "17:00"))
  }

  static func email(_ type: EmailActionType = .sendInvoiceReminder) throws -> TypedOperation {
    .email(
      type,
      SendEmail(
        to: [try EmailAddress("billing@acme.example")], subject: "Payment Reminder",
        bodyText: "Good day,\n\nthe invoice is open.\n"))
  }

  static func sms() throws -> TypedOperation {
    .sms(.xSendSMSAlert, SendSMS(to: try PhoneNumber(e164: "+4915112345678"), body: "Please call"))
  }

  /// A reminder for one invoice of partner 7.
  static func reminder(_ ids: [Int64] = [42]) throws -> Proposal {
    Proposal(
      orgID: try org(), operation: try email(), expectedEffect: "The customer pays the invoice.",
      reasoning: "The invoice is 60 days overdue.",
      affectedRecords: AffectedRecords(
        model: "account.move", ids: ids, partnerID: try partner(), partnerName: "Acme Corp"))
  }

  /// A minimal proposal of each operation.
  static func proposal(of operation: OperationType) throws -> Proposal {
    let typed: TypedOperation =
      switch operation {
      case .sendEmail: try email()
      case .sendSMS: try sms()
      case .createOdooTask: .createTask(.createFollowUpTask, CreateTask(name: "Call"))
      case .updateOdooStage:
        .updateStage(.updateDealStage, UpdateStage(model: .lead, recordID: 3, stageID: 4))
      case .logOdooActivity:
        .logActivity(
          .xLogActivity,
          LogActivity(resModel: "crm.lead", resID: 3, activityType: .name("call"), summary: "Call"))
      case .createInternalNote:
        .createNote(.xCreateNote, CreateNote(model: "account.move", recordID: 42, body: "Paid?"))
      case .scheduleFollowUp:
        .scheduleFollowUp(
          .scheduleCustomerCheckIn,
          ScheduleFollowUp(
            contextType: .customer, contextID: "7", scheduledFor: now, actionType: .email))
      }
    var proposal = try reminder()
    proposal = Proposal(
      orgID: proposal.orgID, operation: typed, expectedEffect: proposal.expectedEffect,
      reasoning: proposal.reasoning, affectedRecords: proposal.affectedRecords)
    return proposal
  }
}
