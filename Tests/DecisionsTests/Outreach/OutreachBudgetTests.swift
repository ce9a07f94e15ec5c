import ActionProtocol
import Decisions
import Foundation
import Testing

@Suite struct OutreachBudgetTests {
  private static let now = Instant(milliseconds: 1_800_000_000_000)
  private static let end = now.advanced(by: .seconds(86_400))

  private func verdict(
    _ channel: OutreachChannel, _ budget: OutreachBudget, cost: Int64, spent: Int64?,
    waived: Bool = false, consent: ConsentRequirement = .none,
    suppressions: [SuppressionFact] = [], type: ActionType = .sendInvoiceReminder
  ) -> GuardVerdict {
    var message = OutreachMessage(
      type, channel, recipients: [Digest.sha256([1])], cost: cost)
    if waived { (message.priority, message.isWaived) = (.critical, true) }
    return OutreachGuard.evaluate(
      message,
      facts: OutreachFacts(
        suppressions: suppressions, month: spent.map { SpentMonth(spent: $0, end: Self.end) }),
      rules: OutreachRules(caps: .none, budget: budget, consent: consent), now: Self.now)
  }

  private func price(_ text: String) throws -> Price { try #require(Price(text)) }

  @Test(arguments: [
    (0, 10, true), (0, 11, false), (9, 1, true), (10, 1, false), (10, 0, true),
    (Int64.max, 1, false),
  ])
  func `the last e-mail of the allowance goes, and none after it`(
    _ spent: Int64, _ cost: Int64, _ goes: Bool
  ) {
    let verdict = verdict(.email, OutreachBudget(emails: 10), cost: cost, spent: spent)
    guard !goes else {
      #expect(verdict == .send)
      return
    }
    #expect(
      verdict
        == .needsPerson(reasons: [
          GuardReason(
            rule: "budget.email.month", hold: .budget,
            limit: .month(.email, amount: "10"), until: Self.end,
            found: "\(spent) of 10 used")
        ]))
  }

  @Test func `texts cost money, to the millionth`() throws {
    let budget = OutreachBudget(sms: try price("1.00"))
    #expect(verdict(.sms, budget, cost: 40_000, spent: 960_000) == .send)
    let over = verdict(.sms, budget, cost: 40_000, spent: 960_001)
    #expect(over.reasons.map(\.rule) == ["budget.sms.month"])
    #expect(over.reasons.first?.found == "0.960001 of 1.00 used")
  }

  @Test func `each channel has a budget of its own, and none is none`() throws {
    #expect(verdict(.sms, OutreachBudget(emails: 1), cost: 9, spent: nil) == .send)
    #expect(verdict(.email, OutreachBudget(sms: .zero), cost: 9, spent: nil) == .send)
    #expect(verdict(.email, .standard, cost: 9, spent: nil) == .send)
  }

  @Test func `what was spent and is not known is not enough`() {
    let verdict = verdict(.email, OutreachBudget(emails: 10), cost: 1, spent: nil)
    #expect(verdict.reasons.map(\.rule) == ["budget.email.month"])
    #expect(verdict.reasons.first?.until == nil)
  }

  @Test func `a person's word lets a critical message pass the budget and no consent`() {
    let budget = OutreachBudget(emails: 1)
    #expect(verdict(.email, budget, cost: 1, spent: 1, waived: true) == .send)
    let custom = verdict(
      .email, budget, cost: 1, spent: 1, waived: true, consent: .both, type: .xSendCustomMessage)
    #expect(custom.reasons.map(\.rule) == ["consent.missing"])
  }

  @Test func `what time does not end comes before the budget`() {
    let complaint = SuppressionFact(
      scope: .marketing, reason: .complaint, since: Self.now.advanced(by: .seconds(-9)), until: nil,
      address: Digest.sha256([1]))
    let found = verdict(
      .email, OutreachBudget(emails: 1), cost: 1, spent: 1, suppressions: [complaint])
    #expect(found.reasons.map(\.rule) == ["suppressed.complaint", "budget.email.month"])
    let custom = verdict(
      .email, OutreachBudget(emails: 1), cost: 1, spent: 1, consent: .email,
      type: .xSendCustomMessage)
    #expect(custom.reasons.map(\.rule) == ["consent.missing", "budget.email.month"])
  }

  @Test(arguments: [
    ("2026-12-31T22:59:59Z", "Europe/Berlin", 202612, "2026-12-31T23:00:00Z"),
    ("2026-12-31T23:00:00Z", "Europe/Berlin", 202701, "2027-01-31T23:00:00Z"),
    ("2026-03-15T00:00:00Z", "Europe/Berlin", 202603, "2026-03-31T22:00:00Z"),
    ("2026-03-01T04:59:59Z", "America/New_York", 202602, "2026-03-01T05:00:00Z"),
    ("2026-03-01T05:00:00Z", "America/New_York", 202603, "2026-04-01T04:00:00Z"),
    ("2026-04-30T14:00:00Z", "Australia/Sydney", 202605, "2026-05-31T14:00:00Z"),
  ])
  func `a month is the org's own`(
    _ at: String, _ zone: String, _ number: Int, _ end: String
  ) throws {
    let month = SpendingMonth(
      of: try #require(Instant(rfc3339: at)), in: try #require(TimeZone(identifier: zone)))
    #expect(month.number == number)
    #expect(month.end == Instant(rfc3339: end))
  }
}
