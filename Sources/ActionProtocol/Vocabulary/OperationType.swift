/// The seven safe operations: the only ways in which an action can touch the world.
public enum OperationType: String, CaseIterable, Hashable, Sendable {
  case sendEmail = "send_email"
  case sendSMS = "send_sms"
  case createOdooTask = "create_odoo_task"
  case updateOdooStage = "update_odoo_stage"
  case logOdooActivity = "log_odoo_activity"
  case createInternalNote = "create_internal_note"
  case scheduleFollowUp = "schedule_follow_up"

  /// The action types this operation carries out.
  public var actionTypes: [ActionType] { ActionType.allCases.filter { $0.operationType == self } }

  /// The ways of undoing that suit this operation, the default first.
  ///
  /// A message cannot be taken back, at best corrected; what was written to the books can be
  /// written back; a stored follow-up is withdrawn by hand.
  public var rollbackStrategies: [RollbackStrategy] {
    switch self {
    case .sendEmail: [.manual, .none, .sendCorrectionEmail]
    case .sendSMS, .scheduleFollowUp: [.manual, .none]
    case .createOdooTask, .updateOdooStage, .logOdooActivity, .createInternalNote:
      [.autoUndoOdooWrite, .none, .manual]
    }
  }

  /// The way of undoing when a proposal names none.
  public var defaultRollback: RollbackStrategy { rollbackStrategies[0] }

  /// The kind of effect its recipients notice, nil where nobody outside does.
  public var effectType: EffectType? {
    switch self {
    case .sendEmail: .email
    case .sendSMS: .sms
    default: nil
    }
  }
}
