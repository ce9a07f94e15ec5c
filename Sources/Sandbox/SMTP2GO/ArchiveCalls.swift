import Foundation

/// `/archive/*`: every mail, found by its headers too. Here archiving is always on.
struct ArchiveCalls {
  private let call: VendorCall
  private let store: MailboxStore

  init(_ call: VendorCall, _ store: MailboxStore) {
    self.call = call
    self.store = store
  }

  func search() throws(VendorRefusal) -> JSONValue {
    let payload = call.payload
    let page = try payload.page(at: call.now)
    let start = try payload.date("start_date") ?? .distantPast
    let end = try payload.date("end_date") ?? page.asOf.addingTimeInterval(0.001)
    let limit = try payload.integer("limit", in: 1...5000, default: 100)
    let username = try payload.string("username")
    let parts = try filters(payload)
    let found = store.messages.reversed().filter { message in
      message.isSettled && message.sentAt >= start && message.sentAt < end
        && username.map { message.keyUsername == $0 } ?? true
        && parts.allSatisfy { part, text in text(message).lowercased().contains(part) }
    }
    let (shown, next) = page.cut(found, limit: limit)
    return [
      "email_count": .integer(found.count), "emails": .array(shown.map(Self.json)),
      "continue_token": next,
    ]
  }

  private func filters(
    _ payload: PayloadReader
  ) throws(VendorRefusal) -> [(String, (SandboxMessage) -> String)] {
    var filters: [(String, (SandboxMessage) -> String)] = []
    let texts: [(String, (SandboxMessage) -> String)] = [
      ("recipient", { $0.recipients.joined(separator: " ") }), ("sender", { $0.sender }),
      ("envelope_from", { AddressSyntax.address(of: $0.sender) }), ("subject", { $0.subject }),
      ("headers", Self.headerText),
    ]
    for (name, text) in texts {
      if let part = try payload.string(name) { filters.append((part.lowercased(), text)) }
    }
    return filters
  }

  func email() throws(VendorRefusal) -> JSONValue {
    let id = try call.payload.requiredString("email_id")
    guard let message = store.message(id: id), message.isSettled else {
      throw .business("An archived email matching the passed 'email_id' was not found")
    }
    return Self.json(message)
  }

  private static func headerText(_ message: SandboxMessage) -> String {
    message.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\r\n")
  }

  private static func json(_ message: SandboxMessage) -> JSONValue {
    [
      "email_id": .string(message.id),
      "envelope_from": .string(AddressSyntax.address(of: message.sender)),
      "sender": .string(message.sender),
      "recipient": .string(message.recipients.joined(separator: ", ")),
      "to": .string(message.to.joined(separator: ", ")), "subject": .string(message.subject),
      "sent": .string(VendorDate.rfc3339(message.sentAt)),
      "headers": .string(headerText(message)), "byte_count": .integer(message.byteSize),
      "attachment_count": .integer(message.attachments.count),
      "attachments": JSONValue(message.attachments.map(\.filename)),
      "url": .string("/messages/\(message.id)/source"),
      "username": .string(message.keyUsername),
    ]
  }
}
