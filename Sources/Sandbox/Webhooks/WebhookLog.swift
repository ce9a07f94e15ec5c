import Foundation
import NIOCore

/// One attempt to post an event.
struct WebhookAttempt: Sendable {
  var webhookID: Int
  var eventID: String
  var event: String
  var messageID: String
  /// Counted from 1.
  var number: Int
  var date: Date
  /// The status that came back; `nil` when none did.
  var status: Int?
  /// `delivered`, `failed`, `given_up`, or `not_loopback`.
  var outcome: Outcome

  enum Outcome: String, Sendable, CaseIterable {
    case delivered, failed
    case givenUp = "given_up"
    /// The address is not this machine's: the sandbox never posts anywhere else.
    case notLoopback = "not_loopback"
  }

  var json: JSONValue {
    [
      "webhook_id": .integer(webhookID), "id": .string(eventID), "event": .string(event),
      "message_id": .string(messageID), "attempt": .integer(number),
      "date": .string(VendorDate.rfc3339Milliseconds(date)),
      "status": status.map(JSONValue.integer) ?? .null, "outcome": .string(outcome.rawValue),
    ]
  }
}

/// The latest attempts, and how many there were of each outcome.
struct WebhookLog: Sendable {
  static let capacity = 1000

  private(set) var latest = CircularBuffer<WebhookAttempt>()
  private(set) var counts: [WebhookAttempt.Outcome: Int] = [:]

  mutating func add(_ attempt: WebhookAttempt) {
    latest.append(attempt)
    if latest.count > Self.capacity { latest.removeFirst() }
    counts[attempt.outcome, default: 0] += 1
  }
}
