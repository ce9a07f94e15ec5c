import ActionProtocol
import Connectors
import Decisions
import Engine
import Testing

@Suite struct TrackingEventsTests {
  private func read(_ body: String, _ type: String? = "application/json") throws -> ProviderEvent {
    try SMTP2GOEvents().read(Array(body.utf8), contentType: type)
  }

  private static let json = """
    {"event":"bounce","bounce":"hard","id":"72d3b38e9f0a1b2c3d4e5f6071829304",
     "email_id":"1vomg2-abc123","time":"2026-02-07T18:05:06Z","rcpt":"u@example.org",
     "message":"550 5.1.1 <u@example.org> unknown","Message-Id":"<m@example.org>",
     "X-AIOM-Operation":"0193f2a0-0000-7000-8000-000000000001.2.3"}
    """

  @Test func `a bounce is read with everything that is kept of it`() throws {
    let event = try read(Self.json)
    #expect(event.kind == .hardBounced)
    #expect(event.name == "bounce")
    #expect(event.channel == .email)
    #expect(event.providerID == "1vomg2-abc123")
    #expect(event.operation?.rawValue == "0193f2a0-0000-7000-8000-000000000001.2.3")
    #expect(event.recipient == "u@example.org")
    #expect(event.occurredAt == Instant(rfc3339: "2026-02-07T18:05:06Z"))
    #expect(event.mailMessageID == "<m@example.org>")
    #expect(event.code == "550")
    #expect(event.eventID.hasPrefix("72d3b38e9f0a1b2c3d4e5f6071829304."))
    #expect(!"\(event)".contains("example.org"))
  }

  @Test func `a form says the same as JSON`() throws {
    let form =
      "event=bounce&bounce=hard&id=72d3b38e9f0a1b2c3d4e5f6071829304&email_id=1vomg2-abc123"
      + "&time=2026-02-07T18%3A05%3A06Z&rcpt=u%40example.org"
      + "&message=550+5.1.1+%3Cu%40example.org%3E+unknown&message-id=%3Cm%40example.org%3E"
      + "&x-aiom-operation=0193f2a0-0000-7000-8000-000000000001.2.3"
    #expect(try read(form, "application/x-www-form-urlencoded") == read(Self.json))
    #expect(try read(form, nil) == read(Self.json))
  }

  @Test func `an event without an id has one of its content`() throws {
    let body = #"{"event":"open","email_id":"e","rcpt":"u@example.org","time":"2026-02-07"}"#
    let event = try read(body)
    #expect(try read(body).eventID == event.eventID)
    for (old, new) in [
      ("open", "click"), (#""e""#, #""f""#), ("u@", "v@"), ("02-07", "02-08"),
    ] {
      #expect(try read(body.replacing(old, with: new)).eventID != event.eventID)
    }
  }

  @Test func `two events that share an id are two`() throws {
    let sent = #"{"event":"sms_sending","id":"7","message_id":"m","destination_number":"+1202"}"#
    let other = sent.replacing("sms_sending", with: "sms_delivered")
    #expect(try read(sent).eventID != read(other).eventID)
    #expect(try read(sent).eventID == read(sent).eventID)
  }

  @Test func `an SMS is matched by its own id and counts for its number`() throws {
    let event = try read(
      #"{"event":"sms_delivered","message_id":"d6b0","destination_number":"12025550959"}"#)
    #expect(event.channel == .sms)
    #expect(event.kind == .smsDelivered)
    #expect(event.providerID == "d6b0")
    #expect(event.recipientDigest == .sha256(Array("+12025550959".utf8)))
  }

  @Test(arguments: [
    ("processed", ProviderEvent.Kind.processed), ("delivered", .delivered), ("open", .opened),
    ("opened", .opened), ("click", .clicked), ("clicked", .clicked), ("spam", .complained),
    ("spam_complaint", .complained), ("unsubscribe", .unsubscribed),
    ("unsubscribed", .unsubscribed), ("resubscribe", .resubscribed), ("reject", .rejected),
    ("rejected", .rejected), ("bounce", .bounced), ("sms_sending", .smsSending),
    ("sms_submitted", .smsSubmitted), ("sms_delivered", .smsDelivered),
    ("sms_failed", .smsFailed), ("sms_rejected", .smsRejected), ("sms_opt_out", .smsOptOut),
    ("teleported", .unknown),
  ])
  func `every name of the provider has its kind`(
    _ name: String, _ kind: ProviderEvent.Kind
  ) throws {
    let event = try read(#"{"event":"\#(name)","email_id":"e","id":"1"}"#)
    #expect(event.kind == kind)
    #expect(event.name == name)
  }

  @Test(arguments: ["", "[]", "hello", "{}", #"{"time":"2026-02-07"}"#])
  func `what is no event is a fault with a code`(_ body: String) {
    let fault = #expect(throws: ProviderEventFault.self) { try read(body, nil) }
    #expect(fault?.code.hasPrefix("webhook.") == true)
  }

  @Test func `a server's sentence is never kept as a code`() throws {
    let event = try read(
      #"{"event":"bounce","email_id":"e","message":"mailbox u@example.org is full"}"#)
    #expect(event.code == nil)
  }
}
