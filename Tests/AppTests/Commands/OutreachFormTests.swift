import ActionProtocol
import Decisions
import Engine
import Foundation
import Testing

@testable import App

@Suite struct OutreachFormTests {
  private func form() -> OrganisationForm {
    var form = OrganisationForm()
    form.name = "Harbor Books"
    form.country = "US"
    form.fillDefaults(sender: nil)
    return form
  }

  private func made(_ form: OrganisationForm) -> Result<Organisation, Failure> {
    form.organisation(at: Instant(milliseconds: 0))
  }

  private func cap(_ name: String) throws -> OutreachCap {
    try #require(OutreachCap(name: name))
  }

  @Test func `without a word the standard holds`() throws {
    #expect(try made(form()).get().outreach == .standard)
  }

  @Test func `rules are read, and written back as they were`() throws {
    var wanted = form()
    wanted.outreach.coolDownEmail = "480"
    wanted.outreach.spread = "0"
    wanted.outreach.drain = "5"
    wanted.outreach.caps = ["email.org.hour=7", "sms.partner.day=none", "email.org.hour=9"]
    let rules = try made(wanted).get().outreach
    #expect(rules.coolDowns == CoolDowns(email: .seconds(480 * 60), sms: .seconds(360 * 60)))
    #expect(rules.drain == DrainPace(spread: .zero, perMinute: 5))
    #expect(rules.caps[try cap("email.org.hour")] == 9)
    #expect(rules.caps[try cap("sms.partner.day")] == nil)
    #expect(rules.caps[try cap("email.org.day")] == 500)
    let again = OrganisationForm(try made(wanted).get())
    #expect(try made(again).get().outreach == rules)
    #expect(
      OutreachRules.standard.changes(to: rules).map(\.change)
        == [
          "240 min -> 480 min", "30 min -> 0 min", "20/minute -> 5/minute", "100 -> 9", "2 -> none",
        ]
    )
  }

  @Test func `budget, consent and holidays are read, and written back as they were`() throws {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "holidays-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: file) }  // a temporary file
    try Data("date,country,name,change\n2026-12-31,*,\"Stock, taking\",\n".utf8).write(to: file)
    var wanted = form()
    wanted.outreach.budgetEmail = "10000"
    wanted.outreach.budgetSMS = "12.5"
    wanted.outreach.consent = "both"
    wanted.outreach.holidayFile = file.path
    let rules = try made(wanted).get().outreach
    #expect(rules.budget == OutreachBudget(emails: 10_000, sms: Price("12.50")))
    #expect(rules.consent == .both)
    #expect(rules.holidays.map(\.name) == ["Stock, taking"])
    let again = OrganisationForm(try made(wanted).get())
    #expect(try made(again).get().outreach == rules)
    let changes = OutreachRules.standard.changes(to: rules)
    #expect(changes.map(\.field) == ["budget_email", "budget_sms", "consent", "holidays"])
    #expect(changes.map(\.change).prefix(3) == ["none -> 10000", "none -> 12.50", "sms -> both"])
    var none = again
    (none.outreach.budgetEmail, none.outreach.holidayFile) = ("none", "none")
    let without = try made(none).get().outreach
    #expect(without.budget.emails == nil && without.holidays.isEmpty)
  }

  @Test func `a bad line of a holiday file is named`() throws {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "holidays-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: file) }  // a temporary file
    try Data("date,country,name\n2026-13-31,DE,x\n".utf8).write(to: file)
    var wrong = form()
    wrong.outreach.holidayFile = file.path
    guard case .failure(let failure) = made(wrong) else {
      Issue.record("it was taken")
      return
    }
    #expect(failure.message.hasPrefix("--holidays line 2, date:"))
  }

  @Test(arguments: [
    ("--budget-email", "0"), ("--budget-email", "many"), ("--budget-sms", "1,5"),
    ("--budget-sms", "-1"), ("--consent", "maybe"), ("--holidays", "/nowhere"),
    ("--cool-down-email", "-1"), ("--cool-down-sms", "43201"), ("--spread", "241"),
    ("--drain", "0"), ("--cap", "email.org.week=3"), ("--cap", "email.org.hour"),
    ("--cap", "email.org.hour=0"), ("--cap", "email.org.hour=many"),
  ])
  func `a rule that is none is refused by its name`(_ field: String, _ value: String) {
    var wrong = form()
    switch field {
    case "--cool-down-email": wrong.outreach.coolDownEmail = value
    case "--cool-down-sms": wrong.outreach.coolDownSMS = value
    case "--spread": wrong.outreach.spread = value
    case "--drain": wrong.outreach.drain = value
    case "--budget-email": wrong.outreach.budgetEmail = value
    case "--budget-sms": wrong.outreach.budgetSMS = value
    case "--consent": wrong.outreach.consent = value
    case "--holidays": wrong.outreach.holidayFile = value
    default: wrong.outreach.caps = [value]
    }
    guard case .failure(let failure) = made(wrong) else {
      Issue.record("\(field) \(value) was taken")
      return
    }
    #expect(failure.message.hasPrefix(field))
  }
}
