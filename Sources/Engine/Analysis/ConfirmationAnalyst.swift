import ActionProtocol
import Decisions
import Insights

/// What new payments led to.
public struct ConfirmationReport: Sendable {
  public var recommendation: ConfirmationRecommendation
  /// One per proposal of the recommendation, in its order.
  public var outcomes: [IntakeOutcome]
}

/// Proposes to confirm what customers paid since the org switched that on.
struct ConfirmationAnalyst: Sendable {
  /// What was received longer ago is not confirmed any more.
  private static let days = 14

  private let context: EngineContext

  init(_ context: EngineContext) { self.context = context }

  /// - Returns: nil where the org confirms no payments, or its ledger has none: what Odoo allocates to
  ///   invoices is not taken over one by one.
  func confirm(
    _ organisation: Organisation, _ id: String, _ submission: ProposalSubmission, _ dryRun: Bool
  ) async throws -> ConfirmationReport? {
    guard let since = organisation.confirmsPaymentsSince, organisation.books.kind != .odoo else {
      return nil
    }
    let (payments, partners, now) = try await context.store.read { [context] store in
      try Self.news(organisation, since, context.configuration.delivery, store)
    }
    let recommendation = ConfirmationRecommender(
      drafting: context.drafting, company: organisation.profile, now: now, analysisID: id
    ).recommend(payments, to: partners)
    return ConfirmationReport(
      recommendation: recommendation,
      outcomes: try await submission.outcomes(of: recommendation.proposals, dryRun: dryRun))
  }

  private static func news(
    _ organisation: Organisation, _ since: Instant, _ delivery: DeliveryMode,
    _ store: any StoreReading
  ) throws -> ([ReceivedPayment], [PartnerFacts], Instant) {
    let (org, today) = (organisation.id, organisation.day(store.now))
    let first = max(organisation.day(since), today.adding(days: -days))
    let payments = try store.unconfirmedPayments(
      org, in: delivery, since: since, on: min(first, today)...today)
    guard !payments.isEmpty else { return ([], [], store.now) }
    let customers = Set(payments.map(\.partner))
    var partners = try store.customers(org).filter { customers.contains($0.id) }
    try ClosedAddresses.mark(
      &partners, of: customers, for: .sendPaymentConfirmation, org, store)
    for place in partners.indices { partners[place].tellZone() }
    return (payments, partners, store.now)
  }
}
