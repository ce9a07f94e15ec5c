import ActionProtocol
import Addressing

/// The proposal of an e-mail that confirms what a customer paid.
struct PaymentConfirmation {
  /// Odoo's model of payments.
  static let model = "account.payment"
  /// Later nobody expects it any more.
  static let decisionTime: Duration = .seconds(3 * 86_400)

  let receipt: Receipt
  let partner: PartnerFacts
  let company: CompanyProfile
  let now: Instant
  let analysisID: String?

  func proposal(
    to address: EmailAddress, _ message: DraftedMessage
  ) -> Result<Proposal, Skip> {
    guard let key else {
      return .failure(Skip(reason: .proposalInvalid(detail: "the idempotency key is too long")))
    }
    let operation = TypedOperation.email(
      .sendPaymentConfirmation,
      SendEmail(
        to: [address], subject: message.subject, bodyText: message.text, bodyHTML: message.html,
        templateID: TemplateCatalogue.paymentConfirmation.name))
    return .success(
      Proposal(
        orgID: company.orgID, operation: operation, riskLevel: .low,
        expiresAt: now.advanced(by: Self.decisionTime), idempotencyKey: key,
        analysisID: analysisID,
        expectedEffect: "\(name) knows that \(amount(receipt.amount)) arrived.",
        reasoning: reasoning, affectedRecords: records, proposedChanges: [change],
        revalidationPlan: RevalidationPlans.confirmation(
          receipt, to: address, of: partner, company),
        externalEffects: operation.externalEffects.map { effect in
          var effect = effect
          effect.recipientPartnerID = PartnerID(rawValue: partner.emailRecordID) ?? partner.id
          return effect
        },
        metadata: ["finding": finding]))
  }

  private var records: AffectedRecords {
    AffectedRecords(
      model: Self.model, ids: receipt.payments.map(\.id), partnerID: partner.id,
      partnerName: Wording.short(partner.name, 200),
      recordName: Wording.short("\(Wording.plain(receipt.amount)) for \(invoices)", 200))
  }

  private var change: ProposedChange {
    ProposedChange(
      path: "aiom.outreach.partner_\(partner.id.rawValue)", before: .null,
      after: [
        "channel": "email", "purpose": "payment_confirmation",
        "payments": .array(receipt.payments.map { .integer($0.id) }),
      ], changeType: .add, humanLabel: "Recorded: payment of \(receipt.receivedOn.iso) confirmed")
  }

  private var reasoning: String {
    let what = receipt.settled.count == 1 ? "it" : "them"
    let rest =
      receipt.remainder.minorUnits == 0
      ? "Nothing remains open on \(what)."
      : "\(amount(receipt.remainder)) remains open on \(what): the message says so and does not ask "
        + "for it."
    return "\(name) paid \(amount(receipt.amount)) on \(receipt.receivedOn.iso) for \(invoices). "
      + rest
  }

  private var invoices: String { Wording.list(receipt.settled.map(\.invoice.number), atMost: 3) }

  private var name: String { Wording.short(partner.name, 120) }

  /// An amount as the company's own people write it.
  private func amount(_ money: Money) -> String {
    MessageFormats(localeIdentifier: company.locale).amount(money)
  }

  // MARK: - The same payment again

  /// `org:action_type:payment:id`, by the payment with the lowest id.
  private var key: IdempotencyKey? {
    let parts = [
      company.orgID.rawValue, ActionType.sendPaymentConfirmation.rawValue, "payment",
      String(receipt.payments[0].id),
    ]
    return IdempotencyKey(rawValue: parts.map(ReminderFinding.escaped).joined(separator: ":"))
  }

  private var finding: JSONValue {
    let facts = receipt.payments.map { payment -> JSONValue in
      [
        .integer(payment.id), .integer(payment.amount.minorUnits), .integer(payment.invoice.id),
        .integer(payment.invoice.open.minorUnits),
      ]
    }
    return [
      "key": .string("payment:\(receipt.payments[0].id)"),
      "facts": .string("sha256:" + Digest.ofCanonical(.array(facts)).hex),
    ]
  }
}
