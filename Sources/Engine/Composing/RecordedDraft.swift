import ActionProtocol
import Decisions
import Insights

/// Drafts what the records give reason for: the analyses' own proposals, of one customer, to the address
/// that a person chose among the recorded ones.
struct RecordedDraft {
  let store: any StoreReading
  let organisation: Organisation
  let context: EngineContext

  private var org: OrgID { organisation.id }

  /// - Throws: ``DecisionError`` `compose.template` where the analysis would propose nothing now.
  func proposal(
    _ wish: MessageWish, _ customer: CustomerRecord, _ address: RecordedAddress?
  ) throws -> Proposal {
    var proposal =
      switch wish.template {
      case .reminder: try reminder(customer, address)
      default: try followUp(customer, address)
      }
    guard !wish.why.isEmpty else { return proposal }
    let words = "\(proposal.reasoning)\nWhy by hand: \(wish.why)"
    proposal.reasoning = String(String.UnicodeScalarView(words.unicodeScalars.prefix(2000)))
    return proposal
  }

  private func reminder(
    _ customer: CustomerRecord, _ address: RecordedAddress?
  ) throws -> Proposal {
    var books = try store.books(
      org, asOf: organisation.day(store.now), remindedIn: context.configuration.delivery)
    books.invoices.removeAll { $0.partnerID != customer.id }
    try prepare(&books.partners, customer, address, .sendInvoiceReminder)
    let recommendation = ReminderRecommender(
      ladder: .of(organisation.ladder), rules: organisation.reminders, drafting: context.drafting,
      now: store.now
    ).recommend(OverdueAnalysis.analyze(books), books)
    let found = recommendation.proposals.first {
      $0.actionType == .sendInvoiceReminder && $0.affectedRecords.partnerID == customer.id
    }
    guard let found else {
      throw ComposeRefusal.nothingDue(
        recommendation.skipped.first?.reason.explanation ?? "Nothing of this customer is overdue.")
    }
    return found
  }

  private func followUp(
    _ customer: CustomerRecord, _ address: RecordedAddress?
  ) throws -> Proposal {
    var pipeline = try store.pipeline(org, asOf: organisation.day(store.now))
    let report = SalesAnalysis.analyze(
      pipeline, rules: SalesRules(currency: organisation.profile.currency))
    try prepare(&pipeline.partners, customer, address, .followUpOnStaleDeal)
    let recommendation = DealRecommender(drafting: context.drafting, now: store.now)
      .recommend(report, pipeline)
    guard let found = recommendation.proposals.first else {
      throw ComposeRefusal.nothingDue(
        recommendation.skipped.first { $0.deal.partnerID == customer.id }?.reason.explanation
          ?? "No deal of this customer is stalled.")
    }
    return found
  }

  /// Leaves the one customer, at the chosen address, with what is known of both.
  private func prepare(
    _ partners: inout [PartnerFacts], _ customer: CustomerRecord, _ address: RecordedAddress?,
    _ type: ActionType
  ) throws {
    partners.removeAll { $0.id != customer.id }
    for place in partners.indices {
      if let address, case .email(let email) = address.place {
        partners[place].email = email
        partners[place].emailRecordID = address.holder.id.rawValue
      }
      partners[place].tellZone()
    }
    try ClosedAddresses.mark(&partners, of: [customer.id], for: type, org, store)
  }
}
