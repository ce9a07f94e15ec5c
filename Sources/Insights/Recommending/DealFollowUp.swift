import ActionProtocol
import Addressing

/// The proposal of an e-mail that takes up a quiet deal again.
enum DealFollowUp {
  static let model = "crm.lead"

  /// What was found, when and by whom.
  struct Draft {
    let finding: DealFinding
    let partner: PartnerFacts
    let company: CompanyProfile
    let asOf: LocalDate
    let now: Instant
    let analysisID: String?

    var deal: DealFacts { finding.deal }
  }

  static func make(
    _ draft: Draft, to address: EmailAddress, _ message: DraftedMessage
  ) -> Result<Proposal, Skip> {
    guard let key = key(draft) else {
      return .failure(Skip(reason: .proposalInvalid(detail: "the idempotency key is too long")))
    }
    let deal = draft.deal
    let operation = TypedOperation.email(
      .followUpOnStaleDeal,
      SendEmail(
        to: [address], subject: message.subject, bodyText: message.text, bodyHTML: message.html,
        templateID: TemplateCatalogue.dealFollowUp.name))
    let (name, partner) = (Wording.short(deal.name, 120), draft.partner)
    return .success(
      Proposal(
        orgID: draft.company.orgID, operation: operation,
        riskLevel: draft.finding.isHighValue ? .medium : .low,
        expiresAt: draft.now.advanced(by: ReminderRecommender.decisionTime), idempotencyKey: key,
        analysisID: draft.analysisID,
        expectedEffect:
          "\(Wording.short(partner.name, 120)) receives an e-mail that asks about \(name).",
        reasoning: reasoning(draft, name),
        affectedRecords: AffectedRecords(
          model: model, ids: [deal.id], partnerID: partner.id,
          partnerName: Wording.short(partner.name, 200), recordName: Wording.short(deal.name, 200)),
        proposedChanges: [
          ProposedChange(
            path: "aiom.outreach.partner_\(partner.id.rawValue)", before: .null,
            after: ["channel": "email", "purpose": "deal_follow_up", "deal": .integer(deal.id)],
            changeType: .add, humanLabel: "Recorded: follow-up on \(name)")
        ],
        revalidationPlan: RevalidationPlans.followUp(
          deal, to: address, of: partner, draft.company),
        externalEffects: operation.externalEffects.map { effect in
          var effect = effect
          effect.recipientPartnerID = PartnerID(rawValue: partner.emailRecordID) ?? partner.id
          return effect
        },
        estimatedImpact: EstimatedImpact(revenueChange: draft.finding.expected),
        metadata: ["finding": finding(draft)]))
  }

  /// Which deal, why now, and what the estimate is made of.
  private static func reasoning(_ draft: Draft, _ name: String) -> String {
    let finding = draft.finding
    var sentences = ["\(name):"] + finding.issues.map(\.explanation)
    if let value = finding.deal.value, let chance = finding.chance, let expected = finding.expected
    {
      sentences.append(
        "Worth \(Wording.plain(value)) at a chance of \(Int((chance * 100).rounded())) % after so "
          + "long, so \(Wording.plain(expected)).")
    }
    if finding.isHighValue { sentences.append("A large deal: show it to the manager as well.") }
    return sentences.joined(separator: " ")
  }

  // MARK: - The same finding again

  /// `org:action_type:deal:stage:since`: once for each stay of a deal in a stage, whatever the day of
  /// the analysis (DECISIONS 3).
  private static func key(_ draft: Draft) -> IdempotencyKey? {
    let parts =
      [draft.company.orgID.rawValue, ActionType.followUpOnStaleDeal.rawValue] + scope(draft.deal)
    return IdempotencyKey(rawValue: parts.map(ReminderFinding.escaped).joined(separator: ":"))
  }

  private static func finding(_ draft: Draft) -> JSONValue {
    let deal = draft.deal
    let units: JSONValue = deal.value.map { .integer($0.minorUnits) } ?? .null
    return [
      "key": .string(
        (["stalled"] + scope(deal)).map(ReminderFinding.escaped).joined(separator: ":")),
      "facts": .array([.integer(deal.id), .integer(deal.stage), units]),
    ]
  }

  private static func scope(_ deal: DealFacts) -> [String] {
    [
      String(deal.id), String(deal.stage),
      (deal.stageSince ?? deal.openedOn)?.iso ?? "unknown",
    ]
  }
}
