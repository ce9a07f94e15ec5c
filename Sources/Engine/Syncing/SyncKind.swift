/// What is taken over from an org's own system, in the order in which it is: a record is stored after
/// those that it names.
public enum SyncKind: String, CaseIterable, Hashable, Sendable {
  case companies
  case users
  case dealStages = "deal_stages"
  case taskStages = "task_stages"
  case projects
  case partners
  /// Customer invoices and credit notes.
  case invoices
  /// Money received that no invoice claims yet.
  case payments
  case deals
  case tasks
  /// What customers wrote on invoices, deals and their own records.
  case messages

  /// A handful of records: read whole each time, without a cursor.
  public var isSmall: Bool {
    switch self {
    case .companies, .users, .dealStages, .taskStages, .projects: true
    case .partners, .invoices, .payments, .deals, .tasks, .messages: false
    }
  }

  /// Whether what is no longer there is looked for. Messages are never taken back.
  public var findsGone: Bool { !isSmall && self != .messages }
}
