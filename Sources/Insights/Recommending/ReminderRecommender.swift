import ActionProtocol
import Addressing

/// Turns an overdue report into proposals: at most one per customer and currency.
///
/// Deterministic: the same report, books, ladder and time give the same proposals in the same order.
/// Recipients, ids and amounts come from the records only. Everything that is not proposed is named with
/// its reason.
public struct ReminderRecommender: Sendable {
  /// How long a proposed reminder can be decided: 7 days.
  public static let decisionTime: Duration = .seconds(7 * 86_400)

  private let ladder: DunningLadder
  private let rules: ReminderRules
  private let drafting: any MessageDrafting
  private let now: Instant
  private let analysisID: String?

  /// - Parameters:
  ///   - rules: the org's own limits.
  ///   - drafting: fills the message templates.
  ///   - now: the time of the run; proposals expire ``decisionTime`` later.
  ///   - analysisID: the run's id, written into every proposal.
  public init(
    ladder: DunningLadder = .standard, rules: ReminderRules = .none,
    drafting: any MessageDrafting, now: Instant, analysisID: String? = nil
  ) {
    self.ladder = ladder
    self.rules = rules
    self.drafting = drafting
    self.now = now
    self.analysisID = analysisID
  }

  /// What to do about each customer of the report.
  ///
  /// A customer with invoices in two currencies gets two proposals; the outreach guard's cool-down
  /// spaces the messages. Without an e-mail address that may be written to the proposal is a task for
  /// a person; while an address only rests, nothing is proposed.
  ///
  /// - Parameter books: the snapshot that the report was made from.
  public func recommend(_ report: OverdueReport, _ books: BooksSnapshot) -> Recommendation {
    let partners = Dictionary(
      books.partners.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let basis = ReminderSelection.Basis(books, ladder, rules)
    var proposals: [Proposal] = []
    var skipped: [SkippedCustomer] = []
    for customer in report.customers {
      switch propose(customer, partners[customer.partnerID], books, basis) {
      case .success(let proposal): proposals.append(proposal)
      case .failure(let skip): skipped.append(Self.skipped(customer, skip.reason))
      }
    }
    return Recommendation(proposals: proposals, skipped: skipped)
  }

  private func propose(
    _ customer: CustomerOverdue, _ partner: PartnerFacts?, _ books: BooksSnapshot,
    _ basis: ReminderSelection.Basis
  ) -> Result<Proposal, Skip> {
    let due: ReminderCase
    var cause: CollectionTaskProposal.Cause?
    switch ReminderSelection.select(customer, partner: partner, basis) {
    case .skip(let reason): return .failure(Skip(reason: reason))
    case .due(let selected): due = selected
    case .task(let selected, let why): (due, cause) = (selected, why)
    }
    if let unsafe = UnsafeText.first(in: due) { return .failure(Skip(reason: unsafe)) }
    let draft = ProposalDraft(
      due: due, company: books.company, asOf: books.asOf, now: now, analysisID: analysisID)
    if let cause { return CollectionTaskProposal.make(draft, because: cause) }
    guard let address = due.partner.email else {
      return CollectionTaskProposal.make(draft, because: .noAddress)
    }
    if let closed = due.partner.emailClosed {
      if let end = closed.until {
        return .failure(Skip(reason: .addressResting(reason: closed.reason, until: end)))
      }
      return CollectionTaskProposal.make(draft, because: .addressClosed(closed.reason))
    }
    if due.invoices.count > ReminderProposal.mostInvoices {
      return CollectionTaskProposal.make(draft, because: .tooManyInvoices)
    }
    return message(draft).flatMap { ReminderProposal.make(draft, to: address, $0) }
  }

  private func message(_ draft: ProposalDraft) -> Result<DraftedMessage, Skip> {
    let template = TemplateCatalogue.invoiceReminder.name
    let partner = draft.due.partner
    let language = drafting.resolvedLanguage(
      template, wanted: MessageLanguage.wanted(partner: partner, company: draft.company))
    let locale = MessageLanguage.locale(
      language: language, partner: partner, company: draft.company)
    let values = ReminderValues.make(
      draft.due, company: draft.company, asOf: draft.asOf,
      formats: MessageFormats(localeIdentifier: locale))
    do {
      return .success(try drafting.draft(template, language: language, values: values))
    } catch {
      return .failure(Skip(reason: .messageNotDrafted(error)))
    }
  }

  private static func skipped(
    _ customer: CustomerOverdue, _ reason: SkipReason
  ) -> SkippedCustomer {
    SkippedCustomer(
      partnerID: customer.partnerID, partnerName: customer.partnerName,
      currency: customer.currency, reason: reason,
      invoiceIDs: customer.invoices.map(\.invoice.id).sorted())
  }
}

/// Carries a reason through `Result`.
struct Skip: Error {
  let reason: SkipReason
}
