import ActionProtocol
import Addressing
import Insights
import Testing

/// SEED.txt, "How It Works Now": invoice INV-2024-001, Acme Corp, $5,000, 60 days overdue.
@Suite struct `The user's worked example` {
  @Test func `the action is the user's`() throws {
    let proposal = try seedProposal()
    let email = try Reminders.email(of: proposal)
    #expect(proposal.actionType == .sendInvoiceReminder)
    #expect(proposal.safeOperation == .sendEmail)
    #expect(email.to.map(\.rawValue) == ["billing@acmecorp.com"])
    #expect(email.cc.isEmpty && email.bcc.isEmpty)
    #expect(email.subject == "Payment Reminder: Invoice INV-2024-001")
    #expect(email.bodyText.contains("Your invoice is 60 days overdue"))
    #expect(email.bodyHTML?.contains("Your invoice is <strong>60 days overdue</strong>") == true)
    #expect(email.bodyText.contains("$5,000.00"))
    #expect(email.bodyHTML?.contains("$5,000.00") == true)
    #expect(proposal.externalEffects.map(\.effectType) == [.email])
    #expect(proposal.externalEffects.map(\.recipient) == ["billing@acmecorp.com"])
  }

  @Test func `effect, reason and change are stated`() throws {
    let proposal = try seedProposal()
    #expect(
      proposal.expectedEffect
        == "Acme Corp receives an e-mail that asks for $5,000.00 on invoice INV-2024-001.")
    #expect(
      proposal.reasoning
        == "Acme Corp owes $5,000.00 on invoice INV-2024-001, overdue on 2026-01-26. The oldest, "
        + "INV-2024-001, was due on 2025-11-27, 60 days ago: level 3 of 4 of the ladder "
        + "15/30/60/90 days. Unpaid, the next level is reached on 2026-02-25.")
    #expect(proposal.affectedRecords.model == "account.move")
    #expect(proposal.affectedRecords.ids == [42])
    #expect(proposal.affectedRecords.partnerID?.rawValue == 7)
    #expect(proposal.affectedRecords.partnerName == "Acme Corp")
    #expect(proposal.affectedRecords.recordName == "INV-2024-001")
    #expect(proposal.estimatedImpact?.revenueChange?.decimalText == "5000.00")
    let change = try #require(proposal.proposedChanges.first)
    #expect(change.before == .null && change.after != .null)
    #expect(change.humanLabel == "Recorded: reminder at level 3 of 4 for 1 invoice")
  }

  @Test func `it can be decided for seven days`() throws {
    #expect(try seedProposal().expiresAt?.rfc3339 == "2026-02-02T15:00:00.000Z")
    #expect(try seedProposal().analysisID == "analysis-1")
  }

  @Test func `the plan asks everything again that the message rests on`() throws {
    let plan = try seedProposal().revalidationPlan
    #expect(
      plan.map(\.checkID) == [
        "invoice_42_exists", "invoice_42_posted", "invoice_42_unpaid", "invoice_42_amount",
        "invoice_42_undisputed", "invoice_42_due", "recipient_address", "recipient_active",
        "recipient_not_blacklisted", "customer_active", "customer_not_blacklisted",
        "no_duplicate_partner_7", "no_duplicate_partner_1007", "business_hours",
      ])
    let invoice = RecordReference(model: "account.move", id: 42)
    #expect(
      plan[3].predicate
        == .fieldEquals(invoice, field: "amount_residual", expected: "5000.00"))
    #expect(
      plan[6].predicate
        == .fieldEquals(
          RecordReference(model: "res.partner", id: 1007), field: "email",
          expected: "billing@acmecorp.com"))
    #expect(
      plan[11].predicate
        == .noDuplicateInWindow(scopeKey: "partner_7:invoice", windowMinutes: 240))
  }

  private func seedProposal() throws -> Proposal {
    try #require(try Reminders.recommend(Books.seed()).proposals.first)
  }
}
