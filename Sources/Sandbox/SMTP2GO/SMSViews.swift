import Foundation

/// `/sms/view-sent`, `/sms/view-received`, `/sms/summary`.
struct SMSViews {
  /// An invented price: the vendor publishes none for each country, and no currency.
  private static let pricePerUnit = 0.05

  private let call: VendorCall
  private let store: MailboxStore

  init(_ call: VendorCall, _ store: MailboxStore) {
    self.call = call
    self.store = store
  }

  /// The documented default is the last seven days.
  private func matching<Message>(
    _ messages: [Message], date: (Message) -> Date, username: (Message) -> String
  ) throws(VendorRefusal) -> [Message] {
    let payload = call.payload
    let start =
      try payload.date("start_date") ?? unix("unix_start")
      ?? call.now.addingTimeInterval(-7 * 86_400)
    let end =
      try payload.date("end_date") ?? unix("unix_end") ?? call.now.addingTimeInterval(0.001)
    let wanted = try payload.string("username")
    return messages.filter { message in
      date(message) >= start && date(message) < end
        && wanted.map { username(message) == $0 } ?? true
    }
  }

  private func unix(_ name: String) -> Date? {
    call.payload.present(name)?.integer.map { Date(timeIntervalSince1970: Double($0)) }
  }

  private func sentMessages() throws(VendorRefusal) -> [SandboxSMS] {
    try matching(store.sms, date: \.receivedAt, username: \.keyUsername)
  }

  /// The documented example has the request id in here too.
  func sent() throws(VendorRefusal) -> JSONValue {
    let messages = try sentMessages()
    return [
      "request_id": .string(call.requestID),
      "messages": .array(messages.filter(isVisible).map(Self.json)),
    ]
  }

  private func isVisible(_ message: SandboxSMS) -> Bool {
    !message.trackingFaults.contains(.activityNever)
  }

  private static func json(_ message: SandboxSMS) -> JSONValue {
    let number = message.destination
    return [
      "id": .string(message.id), "timestamp": .string(VendorDate.rfc3339(message.receivedAt)),
      "username": .string(message.keyUsername), "sender": .string(message.sender ?? "shared"),
      "sender_email": "",
      "destination_address": .string(number.hasPrefix("+") ? number : "+" + number),
      "destination_address_country": .string(country(of: number)), "format": "SMS",
      "status": .string(message.statusText), "content": .string(message.content),
      "units": .integer(message.segmentation.segments),
    ]
  }

  private static func country(of number: String) -> String {
    let digits = SandboxAccount.digits(number)
    let codes = [
      ("1", "US"), ("44", "GB"), ("49", "DE"), ("33", "FR"), ("34", "ES"), ("39", "IT"),
      ("31", "NL"), ("46", "SE"), ("61", "AU"), ("64", "NZ"), ("27", "ZA"), ("91", "IN"),
    ]
    return codes.first { digits.hasPrefix($0.0) }?.1 ?? ""
  }

  /// The two addresses are numbers, as in the documented example; the schema says strings.
  func received() throws(VendorRefusal) -> JSONValue {
    let replies = try matching(
      store.account(\.replies), date: \.receivedAt, username: \.keyUsername)
    let messages = replies.map { reply -> JSONValue in
      [
        "source_address": Self.number(reply.source),
        "destination_address": Self.number(reply.destination),
        "timestamp": .string(VendorDate.rfc3339(reply.receivedAt)),
        "content": .string(reply.content), "message_id": .string(reply.id),
        "username": .string(reply.keyUsername),
      ]
    }
    return ["request_id": .string(call.requestID), "messages": .array(messages)]
  }

  private static func number(_ text: String) -> JSONValue {
    Int(SandboxAccount.digits(text)).map(JSONValue.integer) ?? .string(text)
  }

  func summary() throws(VendorRefusal) -> JSONValue {
    let messages = try sentMessages()
    let units = messages.reduce(0) { $0 + $1.segmentation.segments }
    return [
      "total_messages": .integer(messages.count), "total_units": .integer(units),
      "total_cost": .number((Double(units) * Self.pricePerUnit * 100).rounded() / 100),
    ]
  }
}
