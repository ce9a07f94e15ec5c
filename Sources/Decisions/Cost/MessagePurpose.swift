import ActionProtocol

/// What a message is for, in the words of the user's own estimate.
public enum MessagePurpose: String, CaseIterable, Hashable, Sendable {
  /// Reminders of invoices.
  case reminders
  /// Follow-ups on deals that stand still.
  case followUps = "follow_ups"
  /// Notifications about tasks.
  case notifications
  /// Check-ins with customers.
  case checkIns = "check_ins"
  /// Urgent alerts by SMS.
  case alerts
  /// Confirmations of payments.
  case confirmations
  /// Messages that a person worded.
  case other

  /// The purpose of an action's messages; nil where it sends none.
  public init?(_ type: ActionType) {
    switch type {
    case .sendInvoiceReminder: self = .reminders
    case .followUpOnStaleDeal: self = .followUps
    case .xSendTaskNotification: self = .notifications
    case .sendDealCheckIn: self = .checkIns
    case .xSendSMSAlert: self = .alerts
    case .sendPaymentConfirmation: self = .confirmations
    case .xSendCustomMessage: self = .other
    case .createCollectionTask, .scheduleCustomerCheckIn, .updateDealStage, .flagAtRiskProject,
      .createFollowUpTask, .escalateOverdueInvoice, .xLogActivity, .xCreateNote:
      return nil
    }
  }

  /// For people.
  public var words: String {
    switch self {
    case .reminders: "invoice reminders"
    case .followUps: "deal follow-ups"
    case .notifications: "task notifications"
    case .checkIns: "customer check-ins"
    case .alerts: "alerts"
    case .confirmations: "payment confirmations"
    case .other: "other messages"
    }
  }
}
