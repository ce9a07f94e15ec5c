import Foundation

/// `POST /activity/search`: filters, and the page of events that they select.
struct ActivitySearch {
  private var start: Date
  private var end: Date
  private var filter: ActivityFilter
  private var limit: Int
  private var onlyLatest: Bool
  private var latestBySent: Bool
  private var includesHeaders: Bool
  private var customHeaders: [String]
  private var page: ContinueToken

  init(_ body: JSONValue, now: Date) throws(VendorRefusal) {
    let payload = PayloadReader(body: body)
    let fingerprint = ContinueToken.fingerprint(of: body)
    page = ContinueToken(offset: 0, asOf: now, fingerprint: fingerprint)
    if let text = try payload.string("continue_token") {
      guard let token = ContinueToken(text), token.fingerprint == fingerprint else {
        throw .business("The continue_token is not valid for these search parameters")
      }
      page = token
    }
    // The defaults follow the first page's moment, so that later pages see the same events.
    start = try Self.date("start_date", payload) ?? VendorDate.startOfDay(page.asOf)
    end = try Self.date("end_date", payload) ?? page.asOf.addingTimeInterval(0.001)
    filter = try ActivityFilter(payload)
    limit = try payload.integer("limit", in: 1...1000, default: 100)
    onlyLatest = try payload.bool("only_latest")
    latestBySent = try payload.bool("only_latest_by_sent")
    includesHeaders = try payload.bool("include_headers")
    customHeaders = try payload.strings("custom_headers")
    if let region = try payload.string("region"), !["us", "eu", "au"].contains(region) {
      throw .payload(
        "region",
        "was expecting a value from the allowed list ['us', 'eu', 'au'] but instead found "
          + "'\(region)'")
    }
  }

  private static func date(
    _ name: String, _ payload: PayloadReader
  ) throws(VendorRefusal) -> Date? {
    guard let text = try payload.string(name) else { return nil }
    guard let date = VendorDate.parse(text) else {
      throw PayloadReader.wrongType(name, "date", .string(text))
    }
    return date
  }

  /// `data` of the answer.
  ///
  /// - Parameter delay: how long an event stays invisible.
  func answer(over messages: [SandboxMessage], delay: TimeInterval) -> JSONValue {
    let found = select(from: messages, visibleUntil: page.asOf.addingTimeInterval(-delay))
    let shown = found.dropFirst(page.offset).prefix(limit)
    let next = page.offset + shown.count
    let token =
      next < found.count
      ? JSONValue.string(
        ContinueToken(offset: next, asOf: page.asOf, fingerprint: page.fingerprint).text)
      : .null
    return [
      "events": .array(shown.map(json(of:))), "total_events": .integer(found.count),
      "continue_token": token,
    ]
  }

  /// The matching events, newest first.
  private func select(
    from messages: [SandboxMessage], visibleUntil horizon: Date
  ) -> [ActivityRow] {
    var rows: [ActivityRow] = []
    for message in messages {
      let date = message.sentAt
      guard date >= start, date < end, date <= horizon, filter.matches(message) else { continue }
      let events = message.statusEvents.filter(filter.matches)
      rows += events.map { ActivityRow(message: message, event: $0) }
    }
    var order = rows.enumerated().sorted { left, right in
      (left.element.event.date, left.offset) > (right.element.event.date, right.offset)
    }.map(\.element)
    if onlyLatest || latestBySent {
      var seen: Set<String> = []
      order = order.filter { seen.insert($0.message.id).inserted }
    }
    return order
  }

  private func json(of row: ActivityRow) -> JSONValue {
    var members = row.members
    if includesHeaders {
      let lines = row.message.headers.map { "\($0.name): \($0.value)" }
      members.add("headers", .string(lines.joined(separator: "\r\n")))
    }
    if !customHeaders.isEmpty {
      let found = customHeaders.compactMap { name in
        row.message.header(name).map { JSONMember(name: name, value: .string($0)) }
      }
      members.add("custom_headers", .object(found))
    }
    return .object(members)
  }
}

/// One event with its mail.
private struct ActivityRow {
  var message: SandboxMessage
  var event: SandboxEvent

  /// As documented; what is empty is left out, as in live answers.
  var members: [JSONMember] {
    let sender = AddressSyntax.address(of: message.sender)
    var members: [JSONMember] = []
    members.add("from", .string(sender))
    members.add("recipient", .string(event.recipient))
    members.add("recipients", JSONValue(message.recipients))
    members.add("subaccount_name", .string(ActivityFilter.account))
    members.add("email_id", .string(message.id))
    members.add("date", .string(VendorDate.rfc3339(event.date)))
    members.add("event", .string(event.name.rawValue))
    members.add("subject", .string(message.subject))
    members.add("username", .string(message.keyUsername))
    members.add("sender", .string(sender))
    members.add("sender_full", .string(message.sender))
    members.add("to", .string(message.to.joined(separator: ", ")))
    if !message.cc.isEmpty { members.add("cc", .string(message.cc.joined(separator: ", "))) }
    if !message.bcc.isEmpty { members.add("bcc", .string(message.bcc.joined(separator: ", "))) }
    members.addIfSet("reply_to", message.header("Reply-To"))
    members.add("byte_size", .integer(message.byteSize))
    if event.name == .delivered {
      members.add("smtp_response", "250 2.0.0 Ok: queued by the sandbox")
      members.add("host", "mx.sandbox.invalid [192.0.2.25]")
      members.add("outbound_ip", "192.0.2.7")
    }
    if event.name == .rejected { members.add("reason", "API key is in sandbox mode") }
    return members
  }
}
