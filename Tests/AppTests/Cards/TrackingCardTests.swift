import ActionProtocol
import Cards
import Decisions
import Foundation
import Testing

@testable import App
@testable import Engine

@Suite struct TrackingCardTests {
  /// A completed action with a call, its evidence and four events that came out of order.
  private func card() throws -> ActionCard {
    var card = try SampleCard.card(status: .completed)
    let operation = OperationID(action: card.state.id, revision: 1, call: 1)
    let at = try SampleCard.instant("2026-11-22T14:10:00Z")
    card.state.approval = ApprovalRecord(
      by: card.state.createdBy, at: try SampleCard.instant("2026-11-22T14:05:00Z"),
      delivery: .sandbox)
    card.attempts = [
      AttemptRecord(
        intent: AttemptIntent(
          org: card.state.org, operation: operation, boot: BootID("b"), token: 1, at: at,
          channel: .email, delivery: .sandbox, requestDigest: .sha256([3])),
        outcome: "refused", detail: "bad", providerID: "1xABC", endedAt: at, looks: 0,
        provenAt: try SampleCard.instant("2026-11-22T14:12:00Z"))
    ]
    card.evidence = [
      Evidence(
        source: "webhook", outcome: "accepted", providerID: "1xABC",
        at: try SampleCard.instant("2026-11-22T14:12:00Z"), detail: nil)
    ]
    card.events = try [
      ("3", "hard_bounced", "2026-11-22T14:14:00Z"), ("1", "processed", "2026-11-22T14:11:00Z"),
      ("2", "teleported", "2026-11-22T14:13:00Z"),
    ].map { id, name, time in
      ActionEvent(
        operation: operation,
        event: ProviderEvent(
          eventID: id, kind: ProviderEvent.Kind(rawValue: name) ?? .unknown, name: name,
          channel: .email, recipient: "billing@customer.example",
          occurredAt: try SampleCard.instant(time), code: name == "hard_bounced" ? "550" : nil),
        recipientDigest: nil, receivedAt: at)
    }
    return card
  }

  @Test func `the history is in order of time, whoever told it`() throws {
    let text = CardView(card: try card()).rendered()
    let order = [
      "revision 1 proposed", "approved by", "call 1 of revision 1", "processed for",
      "proved to have been accepted after all", "evidence from webhook", "event teleported for",
      "hard bounced for billing@customer.example (550)", "got as far",
    ]
    var rest = text[...]
    for words in order {
      let found = try #require(rest.range(of: words), "\(words) is missing or misplaced")
      rest = rest[found.upperBound...]
    }
    #expect(rest.prefix(30).contains("bounced"))
  }

  @Test func `programs get every event with its id, and how far the message got`() throws {
    let json = (try card()).json.objectValue
    #expect(json?["delivery_state"] == "bounced")
    guard case .array(let events)? = json?["events"] else {
      Issue.record("no events")
      return
    }
    #expect(events.compactMap { $0.objectValue?["id"]?.stringValue } == ["3", "1", "2"])
    #expect(events.last?.objectValue?["name"] == "teleported")
    #expect(events.last?.objectValue?["kind"] == "unknown")
  }

  @Test func `a question to a person stands on the card until it is answered`() throws {
    var card = try card()
    card.attempts[0].askedAt = try SampleCard.instant("2026-11-22T14:20:00Z")
    card.attempts[0].askedWhy = "not_found"
    #expect(!CardView(card: card).rendered().contains("what became of it"))
    card.attempts[0].outcome = "unknown"
    let words = CardView(card: card).rendered().split(whereSeparator: \.isWhitespace)
    let text = words.joined(separator: " ")
    #expect(text.contains("a person is asked (not_found)"))
    #expect(text.contains("aiom action settle \(card.state.id.rawValue) --arrived"))
  }
}
