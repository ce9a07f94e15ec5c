/// Where an approval is asked for.
public enum ApprovalChannel: String, CaseIterable, Hashable, Sendable {
  case inApp = "in_app"
  case email
  case sms
}

/// How something outside notices an action.
///
/// `apiCall` and `webhook` are reserved: no operation produces them, so proposers cannot name them.
public enum EffectType: String, CaseIterable, Hashable, Sendable {
  case email
  case sms
  case apiCall = "api_call"
  case webhook

  /// The kinds a proposal may name.
  public static let proposable: [EffectType] = [.email, .sms]
}

/// How a proposed change alters a field.
public enum ChangeType: String, CaseIterable, Hashable, Sendable {
  case set, add, remove
}

/// What a follow-up is about.
public enum FollowUpContext: String, CaseIterable, Hashable, Sendable {
  case deal, invoice, task, customer
}

/// What a follow-up proposes when it is due.
public enum FollowUpKind: String, CaseIterable, Hashable, Sendable {
  case email, sms, call, task
}

/// The kind of an internal note.
public enum NoteSubtype: String, CaseIterable, Hashable, Sendable {
  case comment, notification
}

/// The models that `update_odoo_stage` can move; `sale.order` has a state instead of a stage.
public enum StageModel: String, CaseIterable, Hashable, Sendable {
  case lead = "crm.lead"
  case task = "project.task"
  case saleOrder = "sale.order"
}

/// The states of a `sale.order`, which has no stages. The protocol numbers them in Odoo's order, so
/// that `stage_id` can name them; records hold the `name`.
public enum SaleOrderState: Int64, CaseIterable, Hashable, Sendable {
  case draft = 1
  case sent = 2
  case sale = 3
  case cancel = 4

  /// The key Odoo stores in the field `state`.
  public var name: String {
    switch self {
    case .draft: "draft"
    case .sent: "sent"
    case .sale: "sale"
    case .cancel: "cancel"
    }
  }
}

/// The priority of a task, as Odoo numbers it.
public enum TaskPriority: String, CaseIterable, Hashable, Sendable {
  case low = "0"
  case normal = "1"
  case high = "2"
  case urgent = "3"
}
