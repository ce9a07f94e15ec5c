import Engine

/// The fields that a file may bring, under the names that `--map` uses.
public enum LedgerField: String, CaseIterable, Sendable {
  case externalID = "external_id"
  case name, email, phone, country, zone, language, active, blacklisted
  case neverRemind = "never_remind"
  case partner, role
  case number, issued, due, total, open, currency, state, type
  case invoice, amount, date
  case opened, closed, reason
  case stage, value
  case expectedClose = "expected_close"
  case lastActivity = "last_activity"
  case project, deadline, priority, done
  case salesperson
  case stageSince = "stage_since"
  case account

  /// The fields of a kind, in the order in which a file of our own has them.
  public static func fields(of kind: LedgerKind) -> [LedgerField] {
    switch kind {
    case .partners:
      [
        .externalID, .name, .email, .phone, .country, .zone, .language, .active, .blacklisted,
        .neverRemind, .salesperson,
      ]
    case .contacts: [.externalID, .partner, .name, .email, .phone, .role, .country]
    case .invoices:
      [
        .externalID, .number, .partner, .issued, .due, .total, .open, .currency, .state,
        .neverRemind, .type,
      ]
    case .payments, .credits: [.externalID, .invoice, .partner, .amount, .currency, .date]
    case .disputes: [.externalID, .invoice, .opened, .closed, .reason]
    case .deals:
      [
        .externalID, .name, .partner, .stage, .value, .currency, .expectedClose, .lastActivity,
        .state, .salesperson, .stageSince, .opened, .closed,
      ]
    case .tasks:
      [.externalID, .name, .project, .stage, .deadline, .priority, .partner, .done]
    case .bills:
      [.externalID, .number, .partner, .issued, .due, .total, .open, .currency, .state]
    case .balances: [.externalID, .account, .date, .amount, .currency]
    }
  }

  /// The fields without which no row of a kind can be read. Each list is satisfied by any one.
  static func required(for kind: LedgerKind) -> [[LedgerField]] {
    switch kind {
    case .partners: [[.name]]
    case .contacts: [[.externalID, .email], [.partner], [.name]]
    case .invoices: [[.number, .externalID], [.partner], [.total]]
    case .payments, .credits: [[.externalID], [.invoice, .partner], [.amount], [.date]]
    case .disputes: [[.externalID], [.invoice], [.opened]]
    case .deals: [[.externalID], [.name], [.stage]]
    case .tasks: [[.externalID], [.name]]
    case .bills: [[.number, .externalID], [.partner], [.total]]
    case .balances: [[.account], [.date], [.amount]]
    }
  }
}
