import Foundation
import HTTPTypes
import Hummingbird

/// The part of the control API that plays the account's owner and the recipients of messages.
struct AccountControl: Sendable {
  let postRoom: PostRoom
  let keys: VendorKeys

  private var store: MailboxStore { postRoom.store }

  /// - Returns: `nil` for a path that is not one of these.
  func respond(to request: Request, at path: [String]) async throws -> Response? {
    switch (request.method, path.joined(separator: "/")) {
    case (.get, "webhooks"): return .json(webhooks)
    case (.post, "webhooks/retry"):
      postRoom.courier.hurry()
      return .json(webhooks)
    case (.delete, "webhooks"):
      postRoom.courier.clear()
      return .json(webhooks)
    case (.get, "suppressions"):
      return .json(["suppressions": .array(store.account(\.suppressions).sorted.map(\.json))])
    case (.get, "replies"): return .json(replies)
    case (.post, "replies"): return try await answer(request)
    case (.post, "events"): return try await happen(request)
    case (.get, "keys"): return .json(["keys": .array(keys.all.map(\.json))])
    case (.post, "keys"): return try await putKeys(request)
    case (.delete, "keys"): return try await removeKey(request)
    case (.get, "senders"): return .json(senders)
    case (.post, "senders"): return try await setSenders(request)
    case (.delete, "account"):
      try store.clearAccount()
      postRoom.courier.clear()
      return .json(["cleared": true])
    default: return nil
    }
  }

  // MARK: - Webhooks

  private var webhooks: JSONValue {
    let report = postRoom.courier.report
    return [
      "webhooks": .array(store.account(\.webhooks).map { $0.json.hiding("auth_header_value") }),
      "pending": .integer(report.pending),
      "waiting": .integer(report.waiting),
      "forgotten": .integer(report.forgotten),
      "counts": .object(
        WebhookAttempt.Outcome.allCases.map { outcome in
          JSONMember(
            name: outcome.rawValue, value: .integer(report.log.counts[outcome] ?? 0))
        }),
      "latest": .array(report.log.latest.reversed().map(\.json)),
    ]
  }

  /// `{"email_id", "event", "recipient"}`: the recipient opens, clicks, complains, bounces late.
  private func happen(_ request: Request) async throws -> Response {
    guard let json = try await request.controlBody(),
      let name = json["event"]?.string.flatMap(Self.event),
      let message = json["email_id"]?.string.flatMap({ store.message(id: $0) }),
      let recipient = json["recipient"]?.string ?? message.recipients.first,
      message.recipients.contains(where: { $0.lowercased() == recipient.lowercased() })
    else { return .unreadable }
    try postRoom.happen(name, to: message, recipient: recipient)
    return .json(["event": .string(name.rawValue), "email_id": .string(message.id)])
  }

  /// Under the name of `/activity/search` or of the webhooks.
  private static func event(_ name: String) -> SandboxEvent.Name? {
    if name == "bounce" { return .hardBounced }
    return SandboxEvent.Name(rawValue: name)
      ?? SandboxEvent.Name.allCases.first { WebhookEvent.name(of: $0) == name }
  }

  // MARK: - Text messages from outside

  private var replies: JSONValue {
    ["replies": .array(store.account(\.replies).map(\.json))]
  }

  /// `{"from", "content", "to"}`: somebody writes to us.
  private func answer(_ request: Request) async throws -> Response {
    guard let json = try await request.controlBody(), let source = json["from"]?.string,
      let content = json["content"]?.string, !SandboxAccount.digits(source).isEmpty
    else { return .unreadable }
    let last = store.sms.last {
      SandboxAccount.digits($0.destination) == SandboxAccount.digits(source)
    }
    let reply = SandboxReply(
      id: Identifiers.uuid(), receivedAt: postRoom.now, source: source,
      destination: json["to"]?.string ?? last?.sender ?? SMSSend.sharedNumber, content: content,
      keyUsername: last?.keyUsername ?? keys.all.first.map { VendorKeys.username(of: $0.key) } ?? ""
    )
    try store.record(.reply(reply))
    return .json(reply.json)
  }

  // MARK: - Keys and senders

  /// One key, or an array of them, as in a keys file.
  private func putKeys(_ request: Request) async throws -> Response {
    guard let json = try await request.controlBody() else { return .unreadable }
    let items = json.array ?? [json]
    let new = items.compactMap(SandboxKey.init(json:))
    guard new.count == items.count else { return .unreadable }
    for key in new { keys.put(key) }
    return .json(["keys": .array(keys.all.map(\.json))])
  }

  private func removeKey(_ request: Request) async throws -> Response {
    guard let key = try await request.controlBody()?["key"]?.string else { return .unreadable }
    return .json(["removed": .bool(keys.remove(key))])
  }

  private var senders: JSONValue {
    let account = store.account
    return [
      "senders": account.senders.map { JSONValue($0) } ?? .null,
      "domains": account.domains.map { JSONValue($0) } ?? .null,
    ]
  }

  /// `null` for both lets every sender write.
  private func setSenders(_ request: Request) async throws -> Response {
    guard let json = try await request.controlBody(), json.members != nil else {
      return .unreadable
    }
    for name in ["senders", "domains"] {
      let value = json[name] ?? .null
      guard value == .null || value.array?.allSatisfy({ $0.string != nil }) == true else {
        return .unreadable
      }
    }
    try store.record(
      .senders(
        json["senders"]?.array.map { $0.compactMap(\.string) },
        domains: json["domains"]?.array.map { $0.compactMap(\.string) }))
    return .json(senders)
  }
}

extension JSONValue {
  /// The same object without the value of one member.
  fileprivate func hiding(_ name: String) -> JSONValue {
    guard let members else { return self }
    return .object(
      members.map { member in
        member.name == name && !member.value.isAbsent
          ? JSONMember(name: name, value: "…") : member
      })
  }
}
