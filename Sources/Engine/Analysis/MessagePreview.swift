import ActionProtocol
import Decisions
import Insights

/// Shows what a template makes of an org's own records. Nothing is stored or proposed.
public struct MessagePreview: Sendable {
  /// A filled template.
  public struct Shown: Sendable {
    public var message: DraftedMessage
    public var language: String
    /// Whose records it was filled from; nil: invented ones.
    public var about: String?
  }

  /// Among so many of the last ones is looked for one whose customer can be written to.
  private static let mostPayments = 50

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// With invented values.
  /// - Throws: ``DraftingError``.
  public func sample(
    _ template: TemplateDefinition, language: String
  ) throws(DraftingError) -> Shown {
    let language = context.drafting.resolvedLanguage(template.name, wanted: language)
    let message = try context.drafting.draft(
      template.name, language: language, values: template.sampleValues)
    return Shown(message: message, language: language, about: nil)
  }

  /// With the records of the first customer that the message would suit now.
  /// - Parameters:
  ///   - language: nil: the customer's.
  ///   - customer: the customer's number, or exactly its name; nil: whoever comes first.
  /// - Throws: ``DecisionError`` for an unknown org, and where there is no such record.
  public func real(
    _ org: OrgID, _ template: TemplateDefinition, language: String?, customer: String?
  ) async throws -> Shown {
    var drafting = context.drafting
    if let language { drafting = FixedLanguage(base: drafting, language: language) }
    let proposals = try await proposals(org, template, drafting, customer)
    guard let proposal = proposals.first, case .email(_, let email) = proposal.operation,
      let html = email.bodyHTML
    else { throw Self.nothing(template, customer) }
    let partner = try await partner(proposal, org)
    let wanted = language ?? partner.language
    return Shown(
      message: DraftedMessage(subject: email.subject, text: email.bodyText, html: html),
      language: context.drafting.resolvedLanguage(template.name, wanted: wanted ?? "en"),
      about: partner.name)
  }

  private func proposals(
    _ org: OrgID, _ template: TemplateDefinition, _ drafting: any MessageDrafting,
    _ customer: String?
  ) async throws -> [Proposal] {
    try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      let (today, now) = (organisation.day(store.now), store.now)
      switch template.name {
      case TemplateCatalogue.invoiceReminder.name:
        var books = try store.books(org, asOf: today)
        let wanted = Self.ids(customer, books.partners)
        books.invoices = books.invoices.filter { wanted?.contains($0.partnerID) ?? true }
        return ReminderRecommender(
          ladder: .of(organisation.ladder), drafting: drafting, now: now
        ).recommend(OverdueAnalysis.analyze(books), books).proposals.filter {
          $0.actionType == .sendInvoiceReminder
        }
      case TemplateCatalogue.paymentConfirmation.name:
        let partners = try store.customers(org)
        let wanted = Self.ids(customer, partners)
        let payments = try store.unconfirmedPayments(
          org, in: nil, since: Instant(milliseconds: 0), on: today.adding(days: -365)...today
        ).filter { wanted?.contains($0.partner) ?? true }
        return ConfirmationRecommender(
          drafting: drafting, company: organisation.profile, now: now
        ).recommend(payments.suffix(Self.mostPayments), to: partners).proposals.reversed()
      case TemplateCatalogue.dealFollowUp.name:
        var pipeline = try store.pipeline(org, asOf: today)
        if let wanted = Self.ids(customer, pipeline.partners) {
          pipeline.partners.removeAll { !wanted.contains($0.id) }
        }
        let report = SalesAnalysis.analyze(
          pipeline, rules: SalesRules(currency: organisation.profile.currency))
        return DealRecommender(drafting: drafting, now: now).recommend(report, pipeline).proposals
      default: return []
      }
    }
  }

  private static func ids(_ customer: String?, _ partners: [PartnerFacts]) -> Set<PartnerID>? {
    customer.map { text in
      Set(partners.filter { $0.name == text || String($0.id.rawValue) == text }.map(\.id))
    }
  }

  private func partner(
    _ proposal: Proposal, _ org: OrgID
  ) async throws -> (name: String?, language: String?) {
    let organisation = try await context.store.read { try $0.organisation(org) }
    guard let id = proposal.affectedRecords.partner,
      let fields = try await context.store.read({ try $0.record(org, id) })?.fields
    else { return (proposal.affectedRecords.partnerName, organisation?.profile.locale) }
    return (
      proposal.affectedRecords.partnerName,
      fields["lang"]?.stringValue ?? organisation?.profile.locale
    )
  }

  private static func nothing(
    _ template: TemplateDefinition, _ customer: String?
  ) -> DecisionError {
    let whom = customer.map { " of \($0)" } ?? ""
    return DecisionError(
      .unknown, "template.no_record",
      "No record\(whom) suits \(template.name) now, or the message could not be filled from it.",
      remedy: "Add --sample to see it with invented values; `aiom analyze --dry-run` says more.")
  }
}

/// Drafts in one language, whoever receives it.
private struct FixedLanguage: MessageDrafting {
  let base: any MessageDrafting
  let language: String

  func resolvedLanguage(_ template: String, wanted: String) -> String {
    base.resolvedLanguage(template, wanted: language)
  }

  func draft(
    _ template: String, language: String, values: JSONObject
  ) throws(DraftingError) -> DraftedMessage {
    try base.draft(template, language: language, values: values)
  }
}
