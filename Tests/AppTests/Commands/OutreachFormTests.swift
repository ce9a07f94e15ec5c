import ActionProtocol
import Decisions
import Engine
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

  @Test(arguments: [
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
    default: wrong.outreach.caps = [value]
    }
    guard case .failure(let failure) = made(wrong) else {
      Issue.record("\(field) \(value) was taken")
      return
    }
    #expect(failure.message.hasPrefix(field))
  }
}
