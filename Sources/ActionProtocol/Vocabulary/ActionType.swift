/// What an action is for. The ten of v1.1 and AIOM's five documented extensions (`x_`).
public enum ActionType: String, CaseIterable, Hashable, Sendable {
  case followUpOnStaleDeal = "follow_up_on_stale_deal"
  case sendInvoiceReminder = "send_invoice_reminder"
  case createCollectionTask = "create_collection_task"
  case scheduleCustomerCheckIn = "schedule_customer_check_in"
  case updateDealStage = "update_deal_stage"
  case flagAtRiskProject = "flag_at_risk_project"
  case sendPaymentConfirmation = "send_payment_confirmation"
  case createFollowUpTask = "create_follow_up_task"
  case sendDealCheckIn = "send_deal_check_in"
  case escalateOverdueInvoice = "escalate_overdue_invoice"
  case xSendSMSAlert = "x_send_sms_alert"
  case xSendTaskNotification = "x_send_task_notification"
  case xSendCustomMessage = "x_send_custom_message"
  case xLogActivity = "x_log_activity"
  case xCreateNote = "x_create_note"

  /// The one operation that carries out actions of this type.
  public var operationType: OperationType {
    switch self {
    case .followUpOnStaleDeal, .sendInvoiceReminder, .sendPaymentConfirmation, .sendDealCheckIn,
      .xSendTaskNotification, .xSendCustomMessage:
      .sendEmail
    case .createCollectionTask, .flagAtRiskProject, .createFollowUpTask, .escalateOverdueInvoice:
      .createOdooTask
    case .xSendSMSAlert: .sendSMS
    case .updateDealStage: .updateOdooStage
    case .xLogActivity: .logOdooActivity
    case .xCreateNote: .createInternalNote
    case .scheduleCustomerCheckIn: .scheduleFollowUp
    }
  }

  /// The risk below which a proposer cannot go.
  public var defaultRisk: RiskLevel {
    switch self {
    case .escalateOverdueInvoice: .high
    case .createCollectionTask, .updateDealStage, .xSendSMSAlert, .xSendCustomMessage: .medium
    default: .low
    }
  }

  /// Whether this is an extension of v1.1.
  public var isExtension: Bool { rawValue.hasPrefix("x_") }
}
