import Foundation

/// `/email/scheduled/*`: mails that have not left yet.
struct ScheduledCalls {
  private let call: VendorCall
  private let postRoom: PostRoom

  init(_ call: VendorCall, _ postRoom: PostRoom) {
    self.call = call
    self.postRoom = postRoom
  }

  private var waiting: [SandboxMessage] {
    postRoom.store.messages.filter { !$0.isSettled && !$0.isCancelled }
  }

  func search() throws(VendorRefusal) -> JSONValue {
    let payload = call.payload
    let id = try payload.string("schedule_id")
    let subject = try payload.string("search_subject")?.lowercased()
    let recipient = try payload.string("search_recipient")?.lowercased()
    let sender = try payload.string("search_sender")?.lowercased()
    let limit = try payload.integer("limit", in: 1...1000, default: 1000)
    let page = try payload.integer("page", in: 1...100_000, default: 1)
    let found = waiting.filter { message in
      let recipients = message.recipients.joined(separator: " ").lowercased()
      return id.map { message.schedule?.id == $0 } ?? true
        && subject.map { message.subject.lowercased().contains($0) } ?? true
        && recipient.map { recipients.contains($0) } ?? true
        && sender.map { message.sender.lowercased().contains($0) } ?? true
    }
    return .array(found.dropFirst((page - 1) * limit).prefix(limit).map(Self.json))
  }

  private static func json(_ message: SandboxMessage) -> JSONValue {
    [
      "schedule_id": JSONValue(message.schedule?.id),
      "schedule": .string(VendorDate.rfc3339(message.sentAt)),
      "sender": .string(message.sender), "subject": .string(message.subject),
      "recipients": .string(message.recipients.joined(separator: ", ")),
      "client_ip": "127.0.0.1",
    ]
  }

  /// The body of the answer is not documented.
  func remove() throws(VendorRefusal) -> JSONValue {
    let id = try call.payload.requiredString("schedule_id")
    guard let message = waiting.first(where: { $0.schedule?.id == id }) else {
      throw .business("A scheduled email matching the passed 'schedule_id' was not found")
    }
    try postRoom.store.keep(.cancelled(id: message.id))
    return ["schedule_id": .string(id)]
  }
}
