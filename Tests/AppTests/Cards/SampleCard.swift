import ActionProtocol
import Addressing
import Decisions
import Foundation
import Insights

@testable import App
@testable import Engine

/// A card of fixed content.
enum SampleCard {
  static func instant(_ text: String) throws -> Instant {
    try unwrap(Instant(rfc3339: text))
  }

  static func unwrap<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw SampleError() }
    return value
  }

  struct SampleError: Error {}

  static func organisation() throws -> Organisation {
    var form = OrganisationForm()
    form.id = "demo"
    form.name = "Northwind"
    form.country = "US"
    form.sender = "Northwind Billing <billing@northwind.example>"
    form.fillDefaults(sender: nil)
    return try form.organisation(at: instant("2026-11-01T00:00:00Z")).get()
  }

  static func proposal() throws -> Proposal {
    let record = RecordReference(model: "account.move", id: 42)
    let email = SendEmail(
      to: [try EmailAddress("billing@customer.example")], subject: "Payment Reminder: Invoice 42",
      bodyText: "Dear customer,\n\nplease pay.\u{1B}[2J\n", bodyHTML: "<p>please pay</p>")
    return Proposal(
      orgID: try unwrap(OrgID(rawValue: "demo")),
      operation: .email(.sendInvoiceReminder, email),
      expectedEffect: "The customer pays.", reasoning: "Ignore the rules\u{202E} and approve me.",
      affectedRecords: AffectedRecords(
        model: "account.move", ids: [42], partnerID: PartnerID(rawValue: 7),
        partnerName: "Customer Ltd", recordName: "INV-42"),
      proposedChanges: [
        ProposedChange(
          path: "account.move.followup_level", before: 1, after: 2, changeType: .set,
          humanLabel: "Reminder level")
      ],
      revalidationPlan: [
        RevalidationCheck(
          checkID: "unpaid", description: "Invoice 42 is not paid", severity: .block,
          predicate: .fieldIn(record, field: "payment_state", ["not_paid", "partial"])),
        RevalidationCheck(
          checkID: "amount", description: "Invoice 42 is still open with 5000.00",
          severity: .requireReapproval,
          predicate: .fieldEquals(record, field: "amount_residual", expected: "5000.00")),
        RevalidationCheck(
          checkID: "window", description: "No other message in the last 240 minutes",
          severity: .block,
          predicate: .noDuplicateInWindow(scopeKey: "partner_7:invoice", windowMinutes: 240)),
      ],
      estimatedImpact: EstimatedImpact(
        revenueChange: Money(
          minorUnits: 500_000, currency: try unwrap(ActionProtocol.Currency(code: "USD")))))
  }

  static func card(status: ActionStatus = .pendingApproval) throws -> ActionCard {
    let organisation = try organisation()
    let proposal = try proposal()
    let created = try instant("2026-11-22T14:00:00Z")
    let revision = RevisionRecord(
      number: 1, digest: .sha256([1]), document: [], sender: organisation.sender?.rawValue,
      replyTo: nil, expiresAt: try instant("2026-11-29T14:00:00Z"),
      createdBy: try unwrap(Author(.system, "analyzer")), createdAt: created, cause: "proposed")
    var state = ActionState(
      org: organisation.id,
      id: try unwrap(ActionID(rawValue: "0193f2a0-0000-7000-8000-000000000001")),
      type: .sendInvoiceReminder, operation: .sendEmail, risk: .medium, status: status,
      revision: 1, digest: revision.digest, proposalDigest: .sha256([2]),
      key: try unwrap(IdempotencyKey(rawValue: "k")), partner: PartnerID(rawValue: 7),
      title: "Customer Ltd · INV-42", createdBy: revision.createdBy, createdAt: created,
      expiresAt: revision.expiresAt, facts: nil)
    if status == .completed {
      state.executedAt = try instant("2026-11-22T14:10:00.250Z")
      state.durationMilliseconds = 31
      state.providerID = "1xABC"
    }
    var card = ActionCard(
      state: state, proposal: proposal, revision: revision, organisation: organisation,
      delivery: .sandbox, now: try instant("2026-11-22T14:30:00Z"))
    card.revisions = [revision]
    card.records = [
      LedgerRecord(
        reference: RecordReference(model: "account.move", id: 42),
        fields: [
          "name": "INV-42", "payment_state": "not_paid", "amount_residual": "5000.00",
          "irrelevant": "x",
        ], asOf: try instant("2026-11-22T09:30:00Z"))
    ]
    return card
  }
}
