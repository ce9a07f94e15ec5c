import ActionProtocol
import Decisions
import Foundation
import Testing

@Suite struct RecipientHoursTests {
  private static let hours = ("08:00", "18:00")

  private func hours(
    _ place: RecordedPlace, _ type: ActionType = .sendInvoiceReminder,
    _ channel: OutreachChannel = .email, days: [Int] = [1, 2, 3, 4, 5]
  ) throws -> RecipientHours? {
    let own = try #require(
      QuietHours(
        timezone: "America/New_York", start: Self.hours.0, end: Self.hours.1, days: days))
    let zones = RecipientZones(
      contact: nil, company: place, organisation: (try zone("America/New_York"), "US"))
    return RecipientHours(zones, hours: own, channel: channel, type: type)
  }

  private func verdict(
    _ hours: RecipientHours?, at moment: String, _ type: ActionType = .sendInvoiceReminder,
    _ channel: OutreachChannel = .email, last: String? = nil
  ) throws -> GuardVerdict {
    OutreachGuard.evaluate(
      OutreachMessage(type, channel),
      facts: OutreachFacts(
        lastToPartner: try last.map { try at($0) }, hours: [hours].compactMap { $0 }),
      rules: .standard, now: try at(moment))
  }

  struct Wait: Sendable, CustomTestStringConvertible {
    let why: String
    let place: RecordedPlace
    let now: String
    let rule: String?
    var until = ""
    var found = ""

    var testDescription: String { why }
  }

  @Test(arguments: [
    Wait(
      why: "open in Tokyo although New York sleeps", place: RecordedPlace(zone: "Asia/Tokyo"),
      now: "2026-03-05T01:00:00Z", rule: nil),
    Wait(
      why: "night in Tokyo although New York works", place: RecordedPlace(zone: "Asia/Tokyo"),
      now: "2026-03-04T15:00:00Z", rule: "window.recipient", until: "2026-03-04T23:00:00Z",
      found: "Asia/Tokyo (the company's)"),
    Wait(
      why: "a holiday in Germany", place: RecordedPlace(country: "DE"),
      now: "2026-05-14T09:00:00Z", rule: "window.holiday", until: "2026-05-15T06:00:00Z",
      found: "Christi Himmelfahrt 2026-05-14 in DE"),
    Wait(
      why: "all clocks of the United States must be open", place: RecordedPlace(country: "US"),
      now: "2026-03-04T15:00:00Z", rule: "window.recipient", until: "2026-03-04T18:00:00Z",
      found: "all 8 clocks of US"),
    Wait(
      why: "nothing known: the organisation's clock", place: RecordedPlace(),
      now: "2026-03-04T12:59:59Z", rule: "window.recipient", until: "2026-03-04T13:00:00Z",
      found: "America/New_York (the organisation's)"),
  ])
  func `a message waits for the recipient's hours`(_ wait: Wait) throws {
    let verdict = try verdict(try hours(wait.place), at: wait.now)
    guard let rule = wait.rule else {
      #expect(verdict == .send)
      return
    }
    let end = try at(wait.until)
    #expect(
      verdict
        == .wait(
          until: end,
          reasons: [
            GuardReason(
              rule: rule, hold: .sendWindow,
              limit: .hours(OpenHours(start: 480, end: 1080, days: [1, 2, 3, 4, 5])), until: end,
              found: wait.found)
          ]))
  }

  @Test func `an end inside the night waits on for the morning`() throws {
    let tokyo = try hours(RecordedPlace(zone: "Asia/Tokyo"))
    // The cool-down ends at 19:00 in Tokyo on a Friday.
    let verdict = try verdict(
      tokyo, at: "2026-03-06T08:00:00Z", last: "2026-03-06T06:00:00Z")
    guard case .wait(let until, let reasons) = verdict else {
      Issue.record("\(verdict)")
      return
    }
    #expect(until == (try at("2026-03-08T23:00:00Z")))
    #expect(reasons.map(\.rule) == ["cool_down.partner"])
  }

  @Test func `a country whose clocks share no hour needs a person, who is told which`() throws {
    let verdict = try verdict(try hours(RecordedPlace(country: "RU")), at: "2026-03-04T15:00:00Z")
    guard case .needsPerson(let reasons) = verdict else {
      Issue.record("\(verdict)")
      return
    }
    #expect(reasons.map(\.rule) == ["window.recipient"])
    #expect(reasons.first?.found?.hasSuffix("clocks of RU") == true)
    #expect(reasons.first?.until == nil)
  }

  @Test func `two recipients who never work at the same time need a person`() throws {
    let both = [
      try hours(RecordedPlace(zone: "Asia/Tokyo")), try hours(RecordedPlace(zone: "Europe/Berlin")),
    ]
    let verdict = OutreachGuard.evaluate(
      OutreachMessage(.sendInvoiceReminder, .email),
      facts: OutreachFacts(hours: both.compactMap { $0 }), rules: .standard,
      now: try at("2026-01-13T12:00:00Z"))
    // Tokyo closes at 09:00 UTC, Berlin opens at 07:00 in winter: they share two hours.
    #expect(verdict.reasons.map(\.rule) == ["window.recipient"])
    let west = [
      try hours(RecordedPlace(zone: "Asia/Tokyo")),
      try hours(RecordedPlace(zone: "America/New_York")),
    ]
    let never = OutreachGuard.evaluate(
      OutreachMessage(.sendInvoiceReminder, .email),
      facts: OutreachFacts(hours: west.compactMap { $0 }), rules: .standard,
      now: try at("2026-01-13T15:00:00Z"))
    #expect(never.reasons.map(\.rule) == ["window.never", "window.recipient"])
    guard case .needsPerson = never else {
      Issue.record("\(never)")
      return
    }
  }

  @Test func `an org that is open on all days is open on holidays`() throws {
    let always = try hours(RecordedPlace(country: "DE"), days: [1, 2, 3, 4, 5, 6, 7])
    #expect(try verdict(always, at: "2026-05-14T09:00:00Z") == .send)
  }

  @Test func `messages to the org's own people wait for nobody's morning`() throws {
    #expect(try hours(RecordedPlace(country: "DE"), .xSendTaskNotification) == nil)
  }

  struct Text: Sendable, CustomTestStringConvertible {
    let country: String
    let type: ActionType
    let now: String
    let isLegal: Bool

    var testDescription: String { "\(country) \(type.rawValue) \(now)" }
  }

  @Test(arguments: [
    Text(country: "GB", type: .xSendSMSAlert, now: "2026-01-18T03:00:00Z", isLegal: true),
    Text(country: "GB", type: .sendInvoiceReminder, now: "2026-01-19T08:59:59Z", isLegal: false),
    Text(country: "GB", type: .sendInvoiceReminder, now: "2026-01-19T19:59:59Z", isLegal: true),
    Text(country: "GB", type: .sendInvoiceReminder, now: "2026-01-19T20:00:00Z", isLegal: false),
    Text(country: "GB", type: .xSendCustomMessage, now: "2026-01-17T09:00:00Z", isLegal: true),
    Text(country: "GB", type: .xSendCustomMessage, now: "2026-01-17T08:59:59Z", isLegal: false),
    Text(country: "GB", type: .xSendCustomMessage, now: "2026-01-18T12:00:00Z", isLegal: false),
    Text(country: "FR", type: .xSendCustomMessage, now: "2026-07-13T07:00:00Z", isLegal: true),
    Text(country: "FR", type: .xSendCustomMessage, now: "2026-07-14T07:00:00Z", isLegal: false),
    Text(country: "FR", type: .xSendCustomMessage, now: "2026-07-13T18:00:00Z", isLegal: false),
    Text(country: "IN", type: .xSendCustomMessage, now: "2026-01-18T04:30:00Z", isLegal: true),
    Text(country: "IN", type: .xSendCustomMessage, now: "2026-01-18T04:29:59Z", isLegal: false),
  ])
  func `texts keep to the hours of the law even for an org that never closes`(
    _ text: Text
  ) throws {
    let always = try #require(
      QuietHours(
        timezone: "America/New_York", start: "00:00", end: "24:00", days: [1, 2, 3, 4, 5, 6, 7]))
    let zones = RecipientZones(
      contact: nil, company: RecordedPlace(country: text.country),
      organisation: (try zone("America/New_York"), "US"))
    let hours = RecipientHours(zones, hours: always, channel: .sms, type: text.type)
    let verdict = try verdict(hours, at: text.now, text.type, .sms)
    #expect((verdict == .send) == text.isLegal)
    #expect(text.isLegal || verdict.reasons.map(\.rule) == ["window.sms_hours"])
    let mail = RecipientHours(zones, hours: always, channel: .email, type: text.type)
    #expect(try self.verdict(mail, at: text.now, text.type) == .send)
  }

  @Test func `a hundred evaluations for all clocks of the largest country are quick`() throws {
    // No bound on wall time: the work is bounded by the days that are looked at.
    let russia = try #require(try hours(RecordedPlace(country: "RU")))
    for number in 0..<100 {
      let now = try at("2026-03-04T15:00:00Z").plus(minutes: Int64(number) * 97)
      #expect(OpenTimes(russia.windows).nextOpening(from: now) == nil)
    }
  }
}
