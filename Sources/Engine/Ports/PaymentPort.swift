import ActionProtocol
import Decisions
import Insights

/// Payments and what confirms them, inside a transaction: reading.
public protocol PaymentReading {
  /// Payments of posted invoices that nothing confirms and that were not taken back, by id. A
  /// confirmation that was superseded confirms nothing; one that was rejected, or came too late, does.
  /// - Parameters:
  ///   - delivery: of the confirmations that count; nil: none counts.
  ///   - since: what became known before is left out.
  ///   - days: when they were received.
  func unconfirmedPayments(
    _ org: OrgID, in delivery: DeliveryMode?, since: Instant, on days: ClosedRange<LocalDate>
  ) throws -> [ReceivedPayment]
  /// All customers, with the address that messages go to.
  func customers(_ org: OrgID) throws -> [PartnerFacts]
  /// The action of a delivery mode that confirms one of the payments.
  func confirmation(
    _ org: OrgID, ofPayments ids: [Int64], in delivery: DeliveryMode
  ) throws -> ActionID?
}

/// Payments and what confirms them, inside a transaction: writing.
public protocol PaymentWriting {
  /// Remembers for good that an action confirms payments.
  func confirm(_ org: OrgID, payments ids: [Int64], by action: ActionID) throws
}

extension StoreReading {
  /// The action that confirms one of the payments of a confirmation already.
  func confirmation(of proposal: Proposal, in delivery: DeliveryMode) throws -> ActionState? {
    let ids = proposal.confirmedPayments
    guard !ids.isEmpty,
      let id = try confirmation(proposal.orgID, ofPayments: ids, in: delivery)
    else { return nil }
    return try action(proposal.orgID, id)
  }
}

extension StoreTransaction {
  /// INVARIANT: a payment is confirmed by one action that was not superseded.
  func confirm(_ proposal: Proposal, by state: ActionState) throws {
    let ids = proposal.confirmedPayments
    if !ids.isEmpty { try confirm(state.org, payments: ids, by: state.id) }
  }
}

extension Proposal {
  fileprivate var confirmedPayments: [Int64] {
    guard actionType == .sendPaymentConfirmation, affectedRecords.model == "account.payment" else {
      return []
    }
    return affectedRecords.ids
  }
}
