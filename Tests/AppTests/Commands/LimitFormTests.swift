import ActionProtocol
import Decisions
import Engine
import Testing

@testable import App

@Suite struct LimitFormTests {
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

  @Test func `without a word an organisation has weight one and no limits`() throws {
    #expect(try made(form()).get().limits == .standard)
  }

  @Test func `share and limits are read, and written back as they were`() throws {
    var wanted = form()
    wanted.weight = "3"
    wanted.emailRate = "120/minute"
    wanted.emailCalls = "8"
    wanted.smsRate = "20/hour"
    let organisation = try made(wanted).get()
    #expect(
      organisation.limits
        == OrgLimits(
          weight: 3, email: ChannelLimit(calls: 8, rate: ChannelRate(120, per: .minute)),
          sms: ChannelLimit(rate: ChannelRate(20, per: .hour))))
    #expect(try made(OrganisationForm(organisation)).get().limits == organisation.limits)
  }

  @Test(arguments: [
    ("--weight", "0"), ("--weight", "101"), ("--weight", "many"), ("--email-rate", "5/week"),
    ("--sms-rate", "0/hour"), ("--email-calls", "0"), ("--sms-calls", "257"),
  ])
  func `a limit that is none is refused by its name`(_ field: String, _ value: String) {
    var wrong = form()
    switch field {
    case "--weight": wrong.weight = value
    case "--email-rate": wrong.emailRate = value
    case "--sms-rate": wrong.smsRate = value
    case "--email-calls": wrong.emailCalls = value
    default: wrong.smsCalls = value
    }
    guard case .failure(let failure) = made(wrong) else {
      Issue.record("\(field) \(value) was taken")
      return
    }
    #expect(failure.message.contains("\(field) must be"))
  }

  @Test func `a change names what was and what is`() {
    let old = OrgLimits(weight: 1, email: ChannelLimit(calls: 4))
    let new = OrgLimits(weight: 3, sms: ChannelLimit(rate: ChannelRate(20, per: .hour)))
    let changes = old.changes(to: new).map { "\($0.field): \($0.change)" }
    #expect(
      changes == ["weight: 1 -> 3", "sms_rate: none -> 20/hour", "email_calls: 4 -> none"])
    #expect(old.changes(to: old).isEmpty)
  }

  @Test func `what people see names the share and the limits`() {
    let rows = LimitView.rows(
      OrgLimits(weight: 3, email: ChannelLimit(calls: 8, rate: ChannelRate(120, per: .minute))))
    #expect(rows.map { $0[1] } == ["weight 3", "e-mail 120/minute, 8 at once; SMS none"])
  }
}
