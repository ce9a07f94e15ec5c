import ActionProtocol

/// What a message is, in the eyes of the law and of whoever receives it.
///
/// Decides what an objection to marketing also stops and which messages offer a way to object.
public enum MessageClass: String, CaseIterable, Hashable, Sendable {
  /// Completes or confirms what was agreed: the thanks for a payment.
  case transactional
  /// Part of a running relation, without an offer: an urgent alert.
  case relationship
  /// Asks for what is owed.
  case collections
  /// Everything that wants to sell, and everything whose purpose nobody can know beforehand.
  case marketing
  /// To a person of the org itself.
  case `internal`

  /// The class of an action's message.
  ///
  /// A message of one's own words counts as marketing, because nobody can know what it says: that
  /// errs on the side of writing too little.
  public init(_ type: ActionType) {
    switch type {
    case .sendPaymentConfirmation: self = .transactional
    case .xSendSMSAlert: self = .relationship
    case .sendInvoiceReminder: self = .collections
    case .followUpOnStaleDeal, .sendDealCheckIn, .xSendCustomMessage: self = .marketing
    case .xSendTaskNotification: self = .internal
    case .createCollectionTask, .scheduleCustomerCheckIn, .updateDealStage, .flagAtRiskProject,
      .createFollowUpTask, .escalateOverdueInvoice, .xLogActivity, .xCreateNote:
      self = .internal
    }
  }

  /// The class of a proposal's message.
  ///
  /// A text alert goes to a customer, unless its proposal is about a person of the org itself
  /// (``AffectedRecords/personModel``); Intake sees to it that it goes to that person's number then.
  public init(_ proposal: Proposal) {
    self =
      proposal.actionType == .xSendSMSAlert
        && proposal.affectedRecords.model == AffectedRecords.personModel
      ? .internal : MessageClass(proposal.actionType)
  }

  /// Whether an e-mail of the class carries `List-Unsubscribe` (RFC 2369, RFC 8058): where its
  /// recipient may object to more of the kind. A confirmation or an internal message offers no such
  /// choice.
  public var offersUnsubscribe: Bool {
    switch self {
    case .marketing, .collections: true
    case .transactional, .relationship, .internal: false
    }
  }
}
