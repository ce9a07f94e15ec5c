import Foundation

/// `POST /sms/send`: a request that has passed every documented check.
struct SMSSend {
  /// Who a text without a sender seems to come from. A fictional number.
  static let sharedNumber = "+12025550100"

  var destinations: [String]
  var content: String
  var sender: String?

  init(_ body: JSONValue) throws(VendorRefusal) {
    let payload = PayloadReader(body: body)
    destinations = try payload.strings("destination", upTo: 100)
    if destinations.isEmpty { throw PayloadReader.missing("destination") }
    for destination in destinations { try SMSSend.checkNumber(destination, "destination") }
    content = try payload.requiredString("content")
    sender = try payload.string("sender")
    if let sender { try SMSSend.checkNumber(sender, "sender") }
  }

  /// With its country code, `+` optional; at most 15 digits (E.164).
  private static func checkNumber(_ text: String, _ field: String) throws(VendorRefusal) {
    let digits = text.utf8.first == UInt8(ascii: "+") ? text.utf8.dropFirst() : text.utf8[...]
    guard (7...15).contains(digits.count), digits.allSatisfy(\.isDigit),
      digits.first != UInt8(ascii: "0")
    else {
      throw .payload(field, "was expecting a valid phone number but found '\(text.prefix(40))'")
    }
  }

  func messages(_ call: VendorCall) -> [SandboxSMS] {
    destinations.map { destination in
      SandboxSMS(
        id: Identifiers.uuid(), requestID: call.requestID, receivedAt: call.now,
        destination: destination, content: content, sender: sender,
        keyUsername: VendorKeys.username(of: call.key.key), trackingFaults: call.trackingFaults)
    }
  }

  /// `data` of the answer.
  static func acceptance(_ messages: [SandboxSMS]) -> JSONValue {
    [
      "total_sent": .integer(messages.count),
      "statuses": ["queued": .integer(messages.count)],
      "messages": .array(
        messages.map { message in
          [
            "destination": .string(message.destination), "message_id": .string(message.id),
            "status": "queued",
          ]
        }),
    ]
  }
}
