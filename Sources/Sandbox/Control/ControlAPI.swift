import Foundation
import HTTPTypes
import Hummingbird

/// The sandbox's own endpoints under `/_sandbox`: what arrived as JSON, faults, settings.
struct ControlAPI: Sendable {
  let store: MailboxStore
  let faults: FaultSwitch
  let hangs: OpenHangs
  let settings: SandboxSettings
  let statistics: RequestStatistics
  let clock: @Sendable () -> Date

  func respond(to request: Request, at path: [String]) async throws -> Response {
    switch (request.method, path.first, path.count) {
    case (.get, "messages", 1): return messages(request)
    case (.get, "messages", 2): return message(path[1])
    case (.get, "sms", 1): return textMessages(request)
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
    case (.get, "settings", 1): return .json(settingList)
    case (.post, "settings", 1): return try await changeSettings(request)
    case (.get, "style.css", 1): return OutboxStyle.response
    default: return .json(["error": "no such control endpoint"], status: .notFound)
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
    let now = clock()
    let found = store.messages.filter(query.matches)
    return page("messages", found, query) { $0.json(statusAt: now) }
  }

  private func message(_ id: String) -> Response {
    guard let message = store.message(id: id) else {
      return .json(["error": "no such message"], status: .notFound)
    }
    return .json(message.json(statusAt: clock()))
  }

  private func textMessages(_ request: Request) -> Response {
    let query = OutboxQuery(request)
    let found = store.sms.filter { message in query.since.map { message.receivedAt >= $0 } ?? true }
    return page("messages", found, query) { $0.json(withSegments: true) }
  }

  private func page<Item>(
    _ name: String, _ found: [Item], _ query: OutboxQuery, _ json: (Item) -> JSONValue
  ) -> Response {
    let shown = found.dropFirst(query.offset).prefix(query.limit)
    let next = query.offset + shown.count
    return .json([
      "total": .integer(found.count), "offset": .integer(query.offset),
      "next_offset": next < found.count && !shown.isEmpty ? .integer(next) : .null,
      name: .init(shown.map(json)),
    ])
  }

  private var summary: JSONValue {
    let messages = store.messages
    var operations: [String: Int] = [:]
    for message in messages {
      if let operation = message.header(OutboxPages.operationHeader) {
        operations[operation, default: 0] += 1
      }
    }
    return [
      "messages": .integer(messages.count),
      "recipients": .integer(messages.reduce(0) { $0 + $1.recipients.count }),
      "sms": .integer(store.counts.sms),
      "operations": [
        "distinct": .integer(operations.count),
        "repeated": .integer(operations.values.count { $0 > 1 }),
      ],
      "requests": statistics.json,
      "hanging": .integer(hangs.count),
    ]
  }

  // MARK: - Faults and settings

  private var faultList: JSONValue {
    let fired = faults.fired
    return [
      "faults": .init(faults.rules.map(\.json)),
      "struck": .object(
        SandboxFault.allCases.compactMap { fault in
          fired[fault].map { JSONMember(name: fault.rawValue, value: .integer($0)) }
        }),
      "known": JSONValue(SandboxFault.allCases.map(\.rawValue)),
    ]
  }

  /// One fault takes the place of what was set for its path; an array is a sequence in its order.
  private func setFaults(_ request: Request) async throws -> Response {
    guard let json = try await controlBody(request) else { return .unreadable }
    if let items = json.array {
      let rules = items.compactMap(FaultSwitch.Rule.init(json:))
      guard rules.count == items.count else { return .unreadable }
      faults.replace(with: rules)
    } else {
      guard let rule = FaultSwitch.Rule(json: json) else { return .unreadable }
      faults.set(rule)
    }
    return .json(faultList)
  }

  private var settingList: JSONValue {
    [
      "activity_delay_seconds": .number(settings.activityDelay.inSeconds),
      "limits_rates": .bool(settings.limitsRates),
    ]
  }

  private func changeSettings(_ request: Request) async throws -> Response {
    guard let json = try await controlBody(request), json.members != nil else { return .unreadable }
    if let value = json["activity_delay_seconds"] {
      guard let seconds = value.seconds, (0...1e9).contains(seconds) else { return .unreadable }
      settings.activityDelay = .milliseconds(Int64(seconds * 1000))
    }
    if let value = json["limits_rates"] {
      guard let flag = value.bool else { return .unreadable }
      settings.limitsRates = flag
    }
    return .json(settingList)
  }

  private func controlBody(_ request: Request) async throws -> JSONValue? {
    guard let body = try await request.body.collected(upTo: 64 * 1024) else { return nil }
    return try? JSONReader.parse(body.readableBytesView)
  }
}

extension FaultSwitch.Rule {
  init?(json: JSONValue) {
    guard let name = json["fault"]?.string, let fault = SandboxFault(rawValue: name) else {
      return nil
    }
    let count = json["count"] ?? .null
    let path = json["path"] ?? .null
    guard count == .null || count.integer.map({ $0 >= 0 }) == true,
      path == .null || path.string != nil
    else { return nil }
    self.init(
      fault: fault, remaining: count.integer,
      path: path.string.map(SandboxResponder.endpointPath(of:)))
  }

  fileprivate var json: JSONValue {
    [
      "fault": .string(fault.rawValue), "count": remaining.map(JSONValue.integer) ?? .null,
      "path": JSONValue(path),
    ]
  }
}

extension JSONValue {
  fileprivate init(_ items: [JSONValue]) {
    self = .array(items)
  }

  fileprivate var seconds: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}

extension Response {
  fileprivate static var unreadable: Response {
    .json(["error": "the body is not what this control endpoint takes"], status: .badRequest)
  }
}
