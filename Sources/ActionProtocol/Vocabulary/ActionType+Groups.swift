/// The action types that `send_email` carries out.
public enum EmailActionType: String, CaseIterable, Hashable, Sendable {
  case followUpOnStaleDeal = "follow_up_on_stale_deal"
  case sendInvoiceReminder = "send_invoice_reminder"
  case sendPaymentConfirmation = "send_payment_confirmation"
  case sendDealCheckIn = "send_deal_check_in"
  case xSendTaskNotification = "x_send_task_notification"
  case xSendCustomMessage = "x_send_custom_message"

  /// The same among all action types.
  public var actionType: ActionType {
    switch self {
    case .followUpOnStaleDeal: .followUpOnStaleDeal
    case .sendInvoiceReminder: .sendInvoiceReminder
    case .sendPaymentConfirmation: .sendPaymentConfirmation
    case .sendDealCheckIn: .sendDealCheckIn
    case .xSendTaskNotification: .xSendTaskNotification
    case .xSendCustomMessage: .xSendCustomMessage
    }
  }
}

/// The action types that `send_sms` carries out.
public enum SMSActionType: String, CaseIterable, Hashable, Sendable {
  case xSendSMSAlert = "x_send_sms_alert"

  /// The same among all action types.
  public var actionType: ActionType {
    switch self {
    case .xSendSMSAlert: .xSendSMSAlert
    }
  }
}

/// The action types that `create_odoo_task` carries out.
public enum TaskActionType: String, CaseIterable, Hashable, Sendable {
  case createCollectionTask = "create_collection_task"
  case flagAtRiskProject = "flag_at_risk_project"
  case createFollowUpTask = "create_follow_up_task"
  case escalateOverdueInvoice = "escalate_overdue_invoice"

  /// The same among all action types.
  public var actionType: ActionType {
    switch self {
    case .createCollectionTask: .createCollectionTask
    case .flagAtRiskProject: .flagAtRiskProject
    case .createFollowUpTask: .createFollowUpTask
    case .escalateOverdueInvoice: .escalateOverdueInvoice
    }
  }
}

/// The action types that `update_odoo_stage` carries out.
public enum StageActionType: String, CaseIterable, Hashable, Sendable {
  case updateDealStage = "update_deal_stage"

  /// The same among all action types.
  public var actionType: ActionType {
    switch self {
    case .updateDealStage: .updateDealStage
    }
  }
}

/// The action types that `log_odoo_activity` carries out.
public enum ActivityActionType: String, CaseIterable, Hashable, Sendable {
  case xLogActivity = "x_log_activity"

  /// The same among all action types.
  public var actionType: ActionType {
    switch self {
    case .xLogActivity: .xLogActivity
    }
  }
}

/// The action types that `create_internal_note` carries out.
public enum NoteActionType: String, CaseIterable, Hashable, Sendable {
  case xCreateNote = "x_create_note"

  /// The same among all action types.
  public var actionType: ActionType {
    switch self {
    case .xCreateNote: .xCreateNote
    }
  }
}

/// The action types that `schedule_follow_up` carries out.
public enum FollowUpActionType: String, CaseIterable, Hashable, Sendable {
  case scheduleCustomerCheckIn = "schedule_customer_check_in"

  /// The same among all action types.
  public var actionType: ActionType {
    switch self {
    case .scheduleCustomerCheckIn: .scheduleCustomerCheckIn
    }
  }
}
