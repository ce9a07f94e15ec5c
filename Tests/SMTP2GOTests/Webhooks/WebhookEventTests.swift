import Foundation
import Testing

@testable import SMTP2GO

@Suite struct WebhookEventTests {
  private func event(_ body: String, _ contentType: String? = "application/json") throws
    -> WebhookEvent
  {
    try WebhookEvent.parse(Array(body.utf8), contentType: contentType)
  }

  private static let delivered =
    #"{"event":"delivered","id":"72d3b38e9f0a1b2c3d4e5f6071829304","email_id":"1vomg2-abc123","#
    + #""time":"2026-02-07T18:05:06Z","sendtime":"2026-02-07T18:05:06.215451+00:00","#
    + #""sender":"n@acme.example","rcpt":"u@example.org","srchost":"203.0.113.9","#
    + #""host":"mx.example.org [192.0.2.7]","message":"250 2.0.0 Ok","context":"Unavailable","#
    + #""auth":"api-0123456789ab","Message-Id":"<m@acme.example>","Subject":"Invoice 7","#
    + #""X-AIOM-Operation":"01J"}"#

  @Test func `a delivered event as it was seen live is read`() throws {
    let event = try event(Self.delivered)
    #expect(event.name == "delivered")
    #expect(event.kind == .delivered)
    #expect(event.id == "72d3b38e9f0a1b2c3d4e5f6071829304")
    #expect(event.emailID == "1vomg2-abc123")
    #expect(event.messageID == nil)
    #expect(event.mailMessageID == "<m@acme.example>")
    #expect(event.recipient == "u@example.org")
    #expect(event.recipients == ["u@example.org"])
    #expect(event.sender == "n@acme.example")
    #expect(event.keyUserName == "api-0123456789ab")
    #expect(event.time?.date == Date(timeIntervalSince1970: 1_770_487_506))
    #expect(event.subject == "Invoice 7")
    #expect(event.code == "250")
    #expect(event.header("x-aiom-operation") == "01J")
    #expect(event.header("X-AIOM-OPERATION") == "01J")
    #expect(event.header("X-Other") == nil)
  }

  @Test func `the form of an event reads as its JSON`() throws {
    let form =
      "event=delivered&id=72d3b38e9f0a1b2c3d4e5f6071829304&email_id=1vomg2-abc123"
      + "&time=2026-02-07T18%3A05%3A06Z&sendtime=2026-02-07T18%3A05%3A06.215451%2B00%3A00"
      + "&sender=n%40acme.example&rcpt=u%40example.org&srchost=203.0.113.9"
      + "&host=mx.example.org+%5B192.0.2.7%5D&message=250+2.0.0+Ok&context=Unavailable"
      + "&auth=api-0123456789ab&message-id=%3Cm%40acme.example%3E&subject=Invoice+7"
      + "&x-aiom-operation=01J"
    for type in ["application/x-www-form-urlencoded; charset=utf-8", nil, "text/plain"] {
      #expect(try event(form, type) == event(Self.delivered))
    }
  }

  @Test(arguments: [
    ("processed", "", WebhookEvent.Kind.processed), ("delivered", "", .delivered),
    ("open", "", .opened), ("opened", "", .opened), ("click", "", .clicked),
    ("clicked", "", .clicked), ("bounce", "hard", .bouncedHard), ("bounce", "soft", .bouncedSoft),
    ("bounce", "", .bounced), ("Bounced", "HARD", .bouncedHard), ("hard-bounced", "", .bouncedHard),
    ("soft_bounce", "", .bouncedSoft), ("reject", "", .rejected), ("rejected", "", .rejected),
    ("spam", "", .complained), ("spam_complaint", "", .complained),
    ("unsubscribe", "", .unsubscribed), ("unsubscribed", "", .unsubscribed),
    ("resubscribe", "", .resubscribed), ("resubscribed", "", .resubscribed),
    ("sms_sending", "", .smsSending), ("sms_submitted", "", .smsSubmitted),
    ("sms_delivered", "", .smsDelivered), ("sms_failed", "", .smsFailed),
    ("sms_rejected", "", .smsRejected), ("sms-opt-out", "", .smsOptOut),
    ("teleported", "", .unknown),
  ])
  func `names in both spellings mean the same and unknown ones are kept`(
    name: String, bounce: String, kind: WebhookEvent.Kind
  ) throws {
    let event = try event(#"{"event":"\#(name)","email_id":"m","bounce":"\#(bounce)"}"#)
    #expect(event.kind == kind)
    #expect(event.name == name)
  }

  @Test func `processed has a list of recipients and no single one`() throws {
    let json = try event(
      #"{"event":"processed","email_id":"m","recipients":["a@b.org","c@d.org"]}"#)
    #expect(json.recipient == nil)
    #expect(json.recipients == ["a@b.org", "c@d.org"])
    for form in [
      "event=processed&recipients=a%40b.org&recipients=c%40d.org",
      "event=processed&recipients%5B%5D=a%40b.org&recipients%5B%5D=c%40d.org",
      "event=processed&recipients=a%40b.org%2C+c%40d.org",
      "event=processed&recipients=a%40b.org%3Bc%40d.org",
      "event=processed&recipients=%5B%27a%40b.org%27%2C+%27c%40d.org%27%5D",
    ] {
      #expect(try event(form, nil).recipients == ["a@b.org", "c@d.org"])
    }
  }

  @Test func `an SMS event has the provider's id and numbers`() throws {
    let event = try event(
      #"{"event":"sms_failed","id":"e1","message_id":"d6b0","destination_number":12025550959,"#
        + #""source_number":"+15185550120","message_content":"Hi","status_code":"30006","#
        + #""submitted_timestamp":"2026-02-07 18:05:06"}"#)
    #expect(event.kind == .smsFailed)
    #expect(event.messageID == "d6b0")
    #expect(event.mailMessageID == nil)
    #expect(event.recipient == "12025550959")
    #expect(event.sender == "+15185550120")
    #expect(event.code == "30006")
    #expect(event.content == "Hi")
    #expect(event.time?.date == Date(timeIntervalSince1970: 1_770_487_506))
    #expect(event.kind.isSMS)
  }

  @Test func `names without their prefix are about an SMS where the fields say so`() throws {
    let sms = #""destination_number":"+1","message_id":"d""#
    #expect(try event(#"{"event":"delivered",\#(sms)}"#).kind == .smsDelivered)
    #expect(try event(#"{"event":"rejected",\#(sms)}"#).kind == .smsRejected)
  }

  @Test func `the placeholder of test events is no header`() throws {
    let event = try event(#"{"event":"open","X-Op":"Headers Unavailable"}"#)
    #expect(event.header("X-Op") == nil)
    #expect(event.text("x_op") == "Headers Unavailable")
  }

  @Test(
    arguments: [
      ("", .empty), (" \r\n", .empty), ("[]", .unreadable), ("<html>", .unreadable),
      ("{\"event\":", .unreadable), ("hello", .unreadable), ("{}", .noEvent),
      (#"{"event":null}"#, .noEvent), (#"{"event":""}"#, .noEvent), ("a=b", .noEvent),
      ("event=", .noEvent),
    ] as [(String, WebhookEventFault)])
  func `what is no event says why`(body: String, fault: WebhookEventFault) {
    #expect(throws: fault) { try event(body, nil) }
  }

  @Test func `a lone percent sign and bytes that are no text do no harm`() throws {
    let body = Array("event=open&a=100%&b=%zz&c=".utf8) + [0xFF, 0xFE]
    let event = try WebhookEvent.parse(body, contentType: nil)
    #expect(event.text("a") == "100%")
    #expect(event.text("b") == "%zz")
  }

  @Test(arguments: Seed.some)
  func `whatever is posted, reading it ends`(seed: UInt64) {
    var random = Seed(seed)
    for _ in 0..<500 {
      let text = random.text(from: #"{}[]":,=&%+event\u00é "#, 0...60)
      _ = try? WebhookEvent.parse(Array(text.utf8), contentType: nil)
      _ = try? WebhookEvent.parse(
        Array(text.utf8), contentType: "application/x-www-form-urlencoded")
    }
  }

  @Test func `an event prints its kind alone`() throws {
    let event = try event(Self.delivered)
    var dumped = ""
    dump(event, to: &dumped)
    #expect("\(event)" == "WebhookEvent(delivered)")
    #expect(!dumped.contains("example"))
  }
}
