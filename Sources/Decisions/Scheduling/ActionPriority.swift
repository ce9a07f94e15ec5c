import ActionProtocol

/// What goes first among the due actions of one org. Between orgs it counts nothing: there the weights
/// decide.
///
/// The raw value is the order, the first first, and is stored.
public enum ActionPriority: Int, CaseIterable, Hashable, Sendable, Comparable {
  case critical = 0
  case high = 1
  case normal = 2
  case low = 3

  /// What an action of the type has unless somebody says otherwise: an alert goes first; then what a
  /// colleague waits for or a person wrote; then the daily work; then what only keeps the records.
  public init(_ type: ActionType) {
    switch type {
    case .xSendSMSAlert: self = .critical
    case .escalateOverdueInvoice, .flagAtRiskProject, .xSendTaskNotification, .xSendCustomMessage:
      self = .high
    case .followUpOnStaleDeal, .sendInvoiceReminder, .createCollectionTask, .updateDealStage,
      .sendPaymentConfirmation, .createFollowUpTask, .sendDealCheckIn:
      self = .normal
    case .scheduleCustomerCheckIn, .xLogActivity, .xCreateNote: self = .low
    }
  }

  /// The priority of a word: `critical`, `high`, `normal`, `low`.
  public init?(word: String) {
    guard let found = Self.allCases.first(where: { $0.word == word }) else { return nil }
    self = found
  }

  /// The word people use.
  public var word: String {
    switch self {
    case .critical: "critical"
    case .high: "high"
    case .normal: "normal"
    case .low: "low"
    }
  }

  public static func < (left: ActionPriority, right: ActionPriority) -> Bool {
    left.rawValue < right.rawValue
  }
}
