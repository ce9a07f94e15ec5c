import ActionProtocol

/// A stalled deal for which nothing is proposed, and why.
public struct SkippedDeal: Hashable, Sendable {
  public let deal: DealFacts
  public let reason: SkipReason
}

/// What a sales analysis leads to.
public struct DealRecommendation: Hashable, Sendable {
  /// In the report's order.
  public let proposals: [Proposal]
  /// In the report's order.
  public let skipped: [SkippedDeal]
}

/// Turns stalled deals into follow-ups: one e-mail a deal, and one a customer at a time.
///
/// Deterministic; recipients and amounts come from the records only. Deals that are older than any that
/// was ever won are left to a person: nothing is written to their customers by itself.
public struct DealRecommender: Sendable {
  private let drafting: any MessageDrafting
  private let now: Instant
  private let analysisID: String?

  public init(drafting: any MessageDrafting, now: Instant, analysisID: String? = nil) {
    self.drafting = drafting
    self.now = now
    self.analysisID = analysisID
  }

  /// - Parameter pipeline: the snapshot that the report was made from.
  public func recommend(_ report: SalesReport, _ pipeline: PipelineSnapshot) -> DealRecommendation {
    let partners = Dictionary(
      pipeline.partners.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var (proposals, skipped): ([Proposal], [SkippedDeal]) = ([], [])
    var asked: Set<PartnerID> = []
    for finding in report.stalled {
      switch propose(finding, partners, asked, pipeline) {
      case .success(let proposal):
        proposals.append(proposal)
        if let partner = finding.deal.partnerID { asked.insert(partner) }
      case .failure(let skip): skipped.append(SkippedDeal(deal: finding.deal, reason: skip.reason))
      }
    }
    return DealRecommendation(proposals: proposals, skipped: skipped)
  }

  private func propose(
    _ finding: DealFinding, _ partners: [PartnerID: PartnerFacts], _ asked: Set<PartnerID>,
    _ pipeline: PipelineSnapshot
  ) -> Result<Proposal, Skip> {
    guard let id = finding.deal.partnerID else { return .failure(Skip(reason: .noCustomer)) }
    guard let partner = partners[id] else { return .failure(Skip(reason: .partnerUnknown)) }
    if asked.contains(id) { return .failure(Skip(reason: .customerAskedAlready)) }
    switch partner.writableAddress() {
    case .failure(let skip): return .failure(skip)
    case .success(let address):
      if let unsafe = UnsafeText.first(in: finding.deal, partner) {
        return .failure(Skip(reason: unsafe))
      }
      let draft = DealFollowUp.Draft(
        finding: finding, partner: partner, company: pipeline.company, asOf: pipeline.asOf,
        now: now, analysisID: analysisID)
      return message(draft).flatMap { DealFollowUp.make(draft, to: address, $0) }
    }
  }

  private func message(_ draft: DealFollowUp.Draft) -> Result<DraftedMessage, Skip> {
    let (template, company) = (TemplateCatalogue.dealFollowUp.name, draft.company)
    let language = drafting.resolvedLanguage(
      template, wanted: MessageLanguage.wanted(partner: draft.partner, company: company))
    let formats = MessageFormats(
      localeIdentifier: MessageLanguage.locale(
        language: language, partner: draft.partner, company: company))
    var values = SenderValues.make(company)
    values["contact_name"] = .string(draft.partner.name)
    values["deal_name"] = .string(draft.deal.name)
    values["owner_name"] = .string(draft.deal.salesperson ?? company.name)
    values["has_last_contact"] = .bool(draft.deal.lastContactOn != nil)
    if let last = draft.deal.lastContactOn {
      values["last_contact"] = .string(formats.longDate(last))
    }
    do {
      return .success(try drafting.draft(template, language: language, values: values))
    } catch {
      return .failure(Skip(reason: .messageNotDrafted(error)))
    }
  }
}
