/// Values to paste where something is missing, fitted to the action type.
enum Suggestions {
  static let expectedEffect = "The customer is informed and can act on it."
  static let reasoning = "Say here which facts in the records led to this proposal."
  static let affectedRecords: JSONValue = ["odoo_model": "account.move", "odoo_ids": [1]]

  /// The issues with suggestions that suit the document's action type.
  static func fitted(_ issues: [ProtocolIssue], to document: JSONObject) -> [ProtocolIssue] {
    guard let type = document["action_type"]?.stringValue.flatMap(ActionType.init(rawValue:)) else {
      return issues
    }
    return issues.map { issue in
      guard issue.code == "field.required", let value = value(at: issue.pointer.rawValue, type)
      else { return issue }
      return ProtocolIssue(
        pointer: issue.pointer, code: issue.code, message: issue.message, remedy: issue.remedy,
        suggestion: value)
    }
  }

  private static func value(at pointer: String, _ type: ActionType) -> JSONValue? {
    switch pointer {
    case "/expected_effect": .string(expectedEffect(of: type))
    case "/reasoning": .string(reasoning(of: type))
    case "/affected_records": ["odoo_model": .string(type.subjectModel), "odoo_ids": [1]]
    case "/affected_records/odoo_model": .string(type.subjectModel)
    case "/operation": operation(of: type.operationType)
    case "/operation/type": .string(type.operationType.rawValue)
    default: nil
    }
  }

  private static func expectedEffect(of type: ActionType) -> String {
    switch type {
    case .sendInvoiceReminder: "The customer receives the reminder and pays the open invoice."
    case .sendPaymentConfirmation: "The customer knows that the payment has arrived."
    case .followUpOnStaleDeal, .sendDealCheckIn: "The customer answers and the deal moves on."
    case .createCollectionTask, .escalateOverdueInvoice: "Somebody follows the open invoice up."
    case .flagAtRiskProject: "The project's risk is seen to before it is late."
    case .createFollowUpTask, .scheduleCustomerCheckIn: "The customer is not forgotten."
    case .updateDealStage: "The pipeline shows where the deal really stands."
    case .xSendSMSAlert: "The recipient learns of it at once."
    case .xSendTaskNotification: "The person in charge knows of the task."
    case .xSendCustomMessage: expectedEffect
    case .xLogActivity, .xCreateNote: "The record shows what has happened."
    }
  }

  private static func reasoning(of type: ActionType) -> String {
    switch type.subjectModel {
    case "account.move": "The invoice is overdue and unpaid according to the records."
    case "crm.lead": "Nothing has happened in the deal for more than a week."
    default: reasoning
    }
  }

  static func operation(of type: OperationType) -> JSONValue {
    ["type": .string(type.rawValue), "inputs": inputs(of: type)]
  }

  static func inputs(of type: OperationType) -> JSONValue {
    switch type {
    case .sendEmail:
      ["to": "billing@customer.example", "subject": "Your invoice", "body_text": "Good day,"]
    case .sendSMS: ["to": .string(TextFormat.e164.example), "body": "Please call us back."]
    case .createOdooTask: ["name": "Call the customer"]
    case .updateOdooStage: ["model": "crm.lead", "record_id": 1, "stage_id": 1]
    case .logOdooActivity:
      ["res_model": "crm.lead", "res_id": 1, "activity_type": "call", "summary": "Call"]
    case .createInternalNote: ["model": "account.move", "record_id": 1, "body": "Note"]
    case .scheduleFollowUp:
      [
        "context_type": "customer", "context_id": "1",
        "scheduled_for": .string(TextFormat.timestamp.example), "action_type": "email",
      ]
    }
  }
}

extension ActionType {
  /// The model of the records that actions of this type are usually about.
  public var subjectModel: String {
    switch self {
    case .sendInvoiceReminder, .sendPaymentConfirmation, .createCollectionTask,
      .escalateOverdueInvoice, .xCreateNote:
      "account.move"
    case .followUpOnStaleDeal, .sendDealCheckIn, .updateDealStage, .createFollowUpTask,
      .xLogActivity:
      "crm.lead"
    case .flagAtRiskProject, .xSendTaskNotification: "project.task"
    case .scheduleCustomerCheckIn, .xSendSMSAlert, .xSendCustomMessage:
      AffectedRecords.partnerModel
    }
  }
}
