import ActionProtocol
import Addressing

/// A customer whose payment is not confirmed, and why.
public struct SkippedConfirmation: Hashable, Sendable {
  public let partnerID: PartnerID
  /// Nil: the books have no such customer.
  public let partnerName: String?
  public let amount: Money
  public let receivedOn: LocalDate
  public let reason: SkipReason
}

/// What new payments lead to.
public struct ConfirmationRecommendation: Hashable, Sendable {
  /// By customer, currency and day.
  public let proposals: [Proposal]
  public let skipped: [SkippedConfirmation]
}

/// Turns payments into confirmations: one for all that a customer paid in a currency on a day, however many
/// invoices that settles. Deterministic; recipients and amounts come from the records only.
public struct ConfirmationRecommender: Sendable {
  private let drafting: any MessageDrafting
  private let company: CompanyProfile
  private let now: Instant
  private let analysisID: String?

  public init(
    drafting: any MessageDrafting, company: CompanyProfile, now: Instant, analysisID: String? = nil
  ) {
    self.drafting = drafting
    self.company = company
    self.now = now
    self.analysisID = analysisID
  }

  /// - Parameter payments: those that nobody confirmed yet.
  public func recommend(
    _ payments: [ReceivedPayment], to partners: [PartnerFacts]
  ) -> ConfirmationRecommendation {
    let partners = Dictionary(
      partners.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var (proposals, skipped): ([Proposal], [SkippedConfirmation]) = ([], [])
    for receipt in Receipt.grouped(payments) {
      switch propose(receipt, partners[receipt.partner]) {
      case .success(let proposal): proposals.append(proposal)
      case .failure(let skip):
        skipped.append(
          SkippedConfirmation(
            partnerID: receipt.partner, partnerName: partners[receipt.partner]?.name,
            amount: receipt.amount, receivedOn: receipt.receivedOn, reason: skip.reason))
      }
    }
    return ConfirmationRecommendation(proposals: proposals, skipped: skipped)
  }

  private func propose(
    _ receipt: Receipt, _ partner: PartnerFacts?
  ) -> Result<Proposal, Skip> {
    guard let partner else { return .failure(Skip(reason: .partnerUnknown)) }
    return partner.writableAddress().flatMap { address in
      if let unsafe = UnsafeText.first(in: receipt, partner) {
        return .failure(Skip(reason: unsafe))
      }
      return message(receipt, partner).flatMap { message in
        PaymentConfirmation(
          receipt: receipt, partner: partner, company: company, now: now, analysisID: analysisID
        ).proposal(to: address, message)
      }
    }
  }

  private func message(
    _ receipt: Receipt, _ partner: PartnerFacts
  ) -> Result<DraftedMessage, Skip> {
    let template = TemplateCatalogue.paymentConfirmation.name
    let language = drafting.resolvedLanguage(
      template, wanted: MessageLanguage.wanted(partner: partner, company: company))
    let formats = MessageFormats(
      localeIdentifier: MessageLanguage.locale(
        language: language, partner: partner, company: company))
    do {
      return .success(
        try drafting.draft(
          template, language: language, values: receipt.values(to: partner, company, formats)))
    } catch {
      return .failure(Skip(reason: .messageNotDrafted(error)))
    }
  }
}
