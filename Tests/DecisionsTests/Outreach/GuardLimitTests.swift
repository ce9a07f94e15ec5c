import ActionProtocol
import Decisions
import Testing

@Suite struct GuardLimitTests {
  private static let now = "2026-03-04T15:00:00Z"

  private func reasons(
    _ facts: OutreachFacts, _ rules: OutreachRules = .standard,
    _ type: ActionType = .sendInvoiceReminder, _ channel: OutreachChannel = .email,
    cost: Int64 = 0
  ) throws -> [String: GuardReason] {
    var message = OutreachMessage(type, channel)
    message.cost = cost
    let verdict = OutreachGuard.evaluate(
      message, facts: facts, rules: rules, now: try at(Self.now))
    return Dictionary(verdict.reasons.map { ($0.rule, $0) }) { first, _ in first }
  }

  @Test func `a reason says what the org's own setting allows`() throws {
    var rules = OutreachRules.standard
    rules.coolDowns = CoolDowns(email: .seconds(90 * 60), sms: .seconds(60))
    let sent = try at("2026-03-04T14:30:00Z")
    let cap = try #require(OutreachCap(name: "email.partner.day"))
    rules.caps[cap] = 2
    var facts = OutreachFacts(
      lastToPartner: sent, counted: [CountedMessages(.partner, .day, instants: [sent, sent])])
    facts.answer = CustomerAnswer(at: sent, lastOutreach: nil, pause: .seconds(72 * 3600))
    let found = try reasons(facts, rules)
    let coolDown = try #require(found["cool_down.partner"])
    #expect(coolDown.limit == .spacing(.seconds(90 * 60)))
    #expect(coolDown.since == sent)
    #expect(found["cap.partner.day"]?.limit == .count(2, .day))
    #expect(found["customer.answered"]?.limit == .afterAnswer(.seconds(72 * 3600)))
  }

  @Test func `a budget's limit is in the unit of its ledger`() throws {
    var rules = OutreachRules.standard
    rules.budget = OutreachBudget(emails: 10)
    let facts = OutreachFacts(month: SpentMonth(spent: 10, end: try at("2026-04-01T00:00:00Z")))
    let found = try reasons(facts, rules, cost: 1)
    #expect(found["budget.email.month"]?.limit.words == "10 e-mails a month")
  }

  @Test func `the law's hours for texts are named as the law has them`() throws {
    let own = try #require(
      QuietHours(
        timezone: "Europe/Paris", start: "00:00", end: "24:00", days: [1, 2, 3, 4, 5, 6, 7])
    )
    let zones = RecipientZones(
      contact: nil, company: RecordedPlace(country: "FR"),
      organisation: (try zone("Europe/Paris"), "FR"))
    let hours = try #require(
      RecipientHours(zones, hours: own, channel: .sms, type: .sendInvoiceReminder))
    let night = try at("2026-03-04T22:00:00Z")
    let reason = try #require(hours.reasons(at: night).first)
    #expect(reason.rule == "window.sms_hours")
    #expect(reason.limit.words == "Mon-Sat 08:30-20:00")
  }

  @Test func `a suppression's limit is its scope`() throws {
    let fact = SuppressionFact(
      scope: .marketing, reason: .unsubscribe, since: try at("2026-01-01T00:00:00Z"), until: nil,
      address: .sha256([1]))
    let found = try reasons(OutreachFacts(suppressions: [fact]))
    #expect(found["suppressed.unsubscribe"]?.limit == .suppression(.marketing))
  }

  @Test(arguments: [
    (OpenHours(start: 540, end: 1020, days: [1, 2, 3, 4, 5]), "Mon-Fri 09:00-17:00"),
    (OpenHours(start: 1320, end: 365, days: [1, 3, 4, 7]), "Mon, Wed-Thu, Sun 22:00-06:05"),
    (OpenHours(start: 0, end: 0, days: [1, 2, 3, 4, 5, 6, 7]), "every day, around the clock"),
    (OpenHours(start: 0, end: 1440, days: [6]), "Sat, around the clock"),
  ])
  func `hours are said shortly`(_ hours: OpenHours, _ words: String) {
    #expect(GuardLimit.hours(hours).words == words)
  }

  @Test(arguments: [
    (GuardLimit.spacing(.seconds(60)), "one message in a minute"),
    (.spacing(.seconds(240 * 60)), "one message in 240 minutes"),
    (.spacing(.seconds(7200 * 60)), "one message in 120 hours"),
    (.afterAnswer(.seconds(72 * 3600)), "none in 72 hours after an answer"),
    (.month(.sms, amount: "1.50"), "1.50 a month for SMS"),
    (.suppression(.purpose("collections")), "no messages of collections"),
  ])
  func `limits in words`(_ limit: GuardLimit, _ words: String) { #expect(limit.words == words) }
}
