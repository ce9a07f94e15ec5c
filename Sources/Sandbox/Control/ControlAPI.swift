import Foundation
import HTTPTypes
import Hummingbird

/// The sandbox's own endpoints under `/_sandbox`: what arrived as JSON, faults, settings, account.
struct ControlAPI: Sendable {
  let postRoom: PostRoom
  let keys: VendorKeys
  let faults: FaultSwitch
  let hangs: OpenHangs
  let settings: SandboxSettings
  let statistics: RequestStatistics

  var store: MailboxStore { postRoom.store }

  func respond(to request: Request, at path: [String]) async throws -> Response {
    postRoom.settle()
    switch (request.method, path.first, path.count) {
    case (.get, "messages", 1): return messages(request)
    case (.get, "messages", 2): return message(path[1])
    case (.get, "sms", 1): return textMessages(request)
    case (.get, "events", 1): return events(request)
    case (.get, "operations", 1): return operations(request)
    case (.get, "summary", 1): return .json(summary)
    case (.delete, "messages", 1): return try clear()
    case (.post, "clear", 1):
      try store.clear()
      return Response(status: .seeOther, headers: [.location: "/"])
    case (.get, "faults", 1): return .json(faultList)
    case (.post, "faults", 1): return try await setFaults(request)
    case (.delete, "faults", 1):
      faults.clear()
      return .json(faultList)
    case (.get, "settings", 1): return .json(settings.json)
    case (.post, "settings", 1): return try await changeSettings(request)
    case (.get, "style.css", 1): return OutboxStyle.response
    default:
      return try await AccountControl(postRoom: postRoom, keys: keys)
        .respond(to: request, at: path) ?? .noSuchControl
    }
  }

  private func clear() throws -> Response {
    let counts = store.counts
    try store.clear()
    return .json(["cleared": .integer(counts.messages), "cleared_sms": .integer(counts.sms)])
  }

  // MARK: - What arrived

  private func messages(_ request: Request) -> Response {
    let query = OutboxQuery(request)
    let now = postRoom.now
    return page("messages", store.messages.filter(query.matches), query) {
      $0.json(statusAt: now)
    }
  }

  private func message(_ id: String) -> Response {
    guard let message = store.message(id: id) else {
      return .json(["error": "no such message"], status: .notFound)
    }
    return .json(message.json(statusAt: postRoom.now))
  }

  private func textMessages(_ request: Request) -> Response {
    let query = OutboxQuery(request)
    return page("messages", store.sms.filter(query.matches), query) {
      $0.json(withSegments: true)
    }
  }

  /// Every event of mails and texts, in the order of their messages.
  private func events(_ request: Request) -> Response {
    let query = OutboxQuery(request)
    let now = postRoom.now
    let mail = store.messages.filter(query.matches).flatMap { message -> [JSONValue] in
      let operation = message.header(OutboxPages.operationHeader)
      return message.statusEvents.filter { $0.date <= now }.map { event in
        var members = event.json.members ?? []
        members.add("email_id", .string(message.id))
        members.add("operation", JSONValue(operation))
        return .object(members)
      }
    }
    let texts = store.sms.filter(query.matches).flatMap { message in
      message.eventNames.map { name -> JSONValue in
        [
          "event": .string(name),
          "date": .string(VendorDate.rfc3339Milliseconds(message.receivedAt)),
          "recipient": .string(message.destination), "message_id": .string(message.id),
        ]
      }
    }
    return page("events", mail + (query.header == nil ? texts : []), query) { $0 }
  }

  /// How many mails each operation led to.
  private func operations(_ request: Request) -> Response {
    let query = OutboxQuery(request)
    let counts = operationCounts.sorted { $0.key < $1.key }
    let isRepeated = request.uri.queryParameters["repeated"] == "true"
    return page("operations", counts.filter { !isRepeated || $0.value > 1 }, query) { entry in
      ["operation": .string(entry.key), "messages": .integer(entry.value)]
    }
  }

  private func page<Item>(
    _ name: String, _ found: [Item], _ query: OutboxQuery, _ json: (Item) -> JSONValue
  ) -> Response {
    let shown = found.dropFirst(query.offset).prefix(query.limit)
    let next = query.offset + shown.count
    return .json([
      "total": .integer(found.count), "offset": .integer(query.offset),
      "next_offset": next < found.count && !shown.isEmpty ? .integer(next) : .null,
      name: .array(shown.map(json)),
    ])
  }

  private var operationCounts: [String: Int] {
    store.messages.reduce(into: [:]) { counts, message in
      if let operation = message.header(OutboxPages.operationHeader) {
        counts[operation, default: 0] += 1
      }
    }
  }

  private var summary: JSONValue {
    let messages = store.messages
    let operations = operationCounts
    return [
      "messages": .integer(messages.count),
      "recipients": .integer(messages.reduce(0) { $0 + $1.recipients.count }),
      "sms": .integer(store.counts.sms),
      "forgotten": .integer(store.forgotten),
      "operations": [
        "distinct": .integer(operations.count),
        "repeated": .integer(operations.values.count { $0 > 1 }),
      ],
      "requests": statistics.json,
      "hanging": .integer(hangs.count),
      "webhook_posts_pending": .integer(postRoom.courier.report.pending),
    ]
  }

  // MARK: - Faults and settings

  private var faultList: JSONValue {
    let fired = faults.fired
    return [
      "faults": .array(faults.rules.map(\.json)),
      "cycle": .bool(faults.cycles),
      "struck": .object(
        SandboxFault.allCases.compactMap { fault in
          fired[fault].map { JSONMember(name: fault.rawValue, value: .integer($0)) }
        }),
      "known": JSONValue(SandboxFault.allCases.map(\.rawValue)),
    ]
  }

  /// One fault takes the place of what was set for its path; an array is a sequence in its order.
  private func setFaults(_ request: Request) async throws -> Response {
    guard let json = try await request.controlBody() else { return .unreadable }
    if let schedule = FaultSchedule(json) {
      faults.replace(with: schedule.rules, cycles: schedule.cycles)
    } else {
      guard let rule = FaultSwitch.Rule(json: json) else { return .unreadable }
      faults.set(rule)
    }
    return .json(faultList)
  }

  private func changeSettings(_ request: Request) async throws -> Response {
    guard let json = try await request.controlBody(), let members = json.members,
      settings.change(members)
    else { return .unreadable }
    return .json(settings.json)
  }
}

extension Request {
  /// The JSON of a request to the control API.
  func controlBody() async throws -> JSONValue? {
    guard let body = try await body.collected(upTo: 1024 * 1024) else { return nil }
    return try? JSONReader.parse(body.readableBytesView)
  }
}

extension Response {
  static var unreadable: Response {
    .json(["error": "the body is not what this control endpoint takes"], status: .badRequest)
  }

  static var noSuchControl: Response {
    .json(["error": "no such control endpoint"], status: .notFound)
  }
}
