import ActionProtocol
import Testing

@testable import App

/// What outside programs ask of the guard.
@Suite struct OutreachEvaluateTests {
  private func answer(_ line: String) -> String {
    CanonicalJSON.text(
      JSONLines.answer(.bytes(Array(line.utf8))) { line throws(LineIssue) in
        try OutreachEvaluateCommand.members(line)
      })
  }

  private func ask(
    _ members: String, type: String = "send_invoice_reminder", channel: String = "email"
  ) -> String {
    answer(
      #"{"type": "\#(type)", "channel": "\#(channel)", "now": "2026-03-04T15:00:00Z"\#(members)}"#)
  }

  @Test func `nothing known is sent`() {
    #expect(ask("").contains(#""reasons":[],"until":null,"verdict":"send""#), "\(ask(""))")
  }

  @Test func `a cool-down ends 240 minutes after the last message`() {
    let text = ask(#", "last_to_partner": "2026-03-04T14:00:00.001Z""#)
    #expect(text.contains(#""rule":"cool_down.partner""#))
    #expect(text.contains(#""until":"2026-03-04T18:00:00.001Z","verdict":"wait""#), "\(text)")
    let own = ask(
      #", "last_to_partner": "2026-03-04T14:00:00Z", "rules": {"cool_down_minutes": {"email": 30}}"#
    )
    #expect(own.contains(#""verdict":"send""#))
  }

  @Test func `caps count what was sent, in any order`() {
    let sent =
      #", "sent_to": {"partner": ["2026-03-04T09:00:00Z", "2026-03-03T16:00:00Z", "#
      + #""2026-03-04T10:00:00Z"]}"#
    let text = ask(sent)
    #expect(text.contains(#""found":"3 in a day""#), "\(text)")
    #expect(
      text.contains(#""limit":{"count":3,"kind":"count","span":"day","words":"3 in a day"}"#),
      "\(text)")
    #expect(text.contains(#""until":"2026-03-04T16:00:00.000Z","verdict":"wait""#), "\(text)")
    #expect(ask(sent + #", "rules": {"caps": {"email.partner.day": 4}}"#).contains(#""send""#))
    #expect(ask(sent + #", "rules": {"caps": {"email.partner.day": null}}"#).contains(#""send""#))
    #expect(ask(sent + #", "priority": "critical", "waived": true"#).contains(#""send""#))
    #expect(ask(sent + #", "priority": "high", "waived": true"#).contains(#""wait""#))
  }

  @Test func `a suppression drops, an objection asks a person`() {
    let fact = #"{"reason": "hard_bounce", "since": "2026-01-01T00:00:00Z"}"#
    #expect(ask(#", "suppressions": [\#(fact)]"#).contains(#""verdict":"drop""#))
    let objection =
      #"{"reason": "unsubscribe", "scope": "marketing", "since": "2026-01-01T00:00:00Z"}"#
    #expect(ask(#", "suppressions": [\#(objection)]"#).contains(#""verdict":"needs_person""#))
  }

  @Test func `a budget asks a person until the month ends`() {
    let month = #", "month": {"spent": 10, "end": "2026-04-01T00:00:00Z"}, "cost": 1"#
    let rules = #", "rules": {"budget": {"emails": 10}}"#
    let text = ask(month + rules)
    #expect(text.contains(#""rule":"budget.email.month""#), "\(text)")
    #expect(text.contains(#""until":"2026-04-01T00:00:00.000Z""#))
    #expect(text.contains(#""verdict":"needs_person""#))
    #expect(ask(month).contains(#""verdict":"send""#))
    let sms =
      #", "month": {"spent": "0.97", "end": "2026-04-01T00:00:00Z"}, "cost": "0.04""#
      + #", "rules": {"budget": {"sms": "1.00"}}"#
    #expect(ask(sms, channel: "sms").contains(#""found":"0.97 of 1.00 used""#))
    #expect(ask(#", "cost": "0.04""#).contains(#""code":"line.cost""#))
    #expect(ask(month + #", "rules": {"budget": {"emails": 0}}"#).contains(#""line.emails""#))
  }

  @Test func `consents are asked for where the line tells of them`() {
    func custom(_ members: String) -> String {
      ask(members, type: "x_send_custom_message", channel: "sms")
    }
    let given = #"{"basis": "express", "obtained_at": "2026-01-01T00:00:00Z"}"#
    #expect(custom("").contains(#""verdict":"send""#))
    #expect(custom(#", "consents": []"#).contains(#""rule":"consent.missing""#))
    #expect(custom(#", "consents": [\#(given)]"#).contains(#""verdict":"send""#))
    #expect(custom(#", "rules": {"consent": "sms"}"#).contains(#""rule":"consent.missing""#))
    #expect(custom(#", "consents": [{"basis": "hope"}]"#).contains(#""code":"line.basis""#))
  }

  @Test func `hours are those of the recipient's clock`() {
    let hours = #", "hours": {"start": "09:00", "end": "17:00"}, "rules": {"spread_minutes": 0}"#
    let tokyo = hours + #", "recipient": {"company": {"zone": "Asia/Tokyo"}}"#
    #expect(ask(tokyo).contains(#""until":"2026-03-05T00:00:00.000Z""#), "\(ask(tokyo))")
    let own = hours + #", "organisation": {"zone": "America/New_York", "country": "US"}"#
    #expect(ask(own).contains(#""verdict":"send""#), "\(ask(own))")
  }

  @Test(arguments: [
    (#"{"type": "x", "channel": "email", "now": "2026-03-04T15:00:00Z"}"#, "line.type"),
    (#"{"type": "send_invoice_reminder", "now": "2026-03-04T15:00:00Z"}"#, "line.channel"),
    (#"{"now": 4}"#, "line.now"), ("[]", "line.json"),
  ])
  func `what is wrong with a line is its answer`(_ line: String, _ code: String) {
    #expect(answer(line).contains(#""code":"\#(code)""#), "\(answer(line))")
  }

  @Test(arguments: [
    (#", "rules": {"caps": {"email.org.week": 3}}"#, "line.caps"),
    (#", "rules": {"caps": {"email.org.day": 0}}"#, "line.caps"),
    (#", "rules": {"cool_down_minutes": {"email": -1}}"#, "line.email"),
    (#", "sent_to": {"org": ["yesterday"]}"#, "line.org"), (#", "priority": "1""#, "line.priority"),
    (#", "suppressions": {"reason": "stop"}"#, "line.suppressions"),
    (#", "suppressions": [{"reason": "whim"}]"#, "line.reason"),
    (#", "waived": "yes""#, "line.waived"), (#", "hours": {"start": "9"}"#, "line.hours"),
    (
      #", "hours": {"start": "09:00"}, "recipient": {"company": {"zone": "Mars/Base"}}"#,
      "line.recipient"
    ),
  ])
  func `a member that cannot be is named`(_ members: String, _ code: String) {
    #expect(ask(members).contains(#""code":"\#(code)""#), "\(ask(members))")
  }
}
