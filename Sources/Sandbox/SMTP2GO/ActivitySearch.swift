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
    page = try payload.page(at: now)
    // The defaults follow the first page's moment, so that later pages see the same events.
    start = try payload.date("start_date") ?? VendorDate.startOfDay(page.asOf)
    end = try payload.date("end_date") ?? page.asOf.addingTimeInterval(0.001)
    filter = try ActivityFilter(payload)
    limit = try payload.integer("limit", in: 1...1000, default: 100)
    onlyLatest = try payload.bool("only_latest")
    latestBySent = try payload.bool("only_latest_by_sent")
    includesHeaders = try payload.bool("include_headers")
    customHeaders = try payload.strings("custom_headers")
    _ = try payload.choice("region", from: SandboxKey.regions)
  }

  /// `data` of the answer.
  ///
  /// - Parameters:
  ///   - delay: how long an event stays invisible.
  ///   - lateness: how much longer those of a message that is to be late.
  func answer(
    over messages: ArraySlice<SandboxMessage>, delay: TimeInterval, lateness: TimeInterval
  ) -> JSONValue {
    let found = select(from: messages) { message in
      if message.trackingFaults.contains(.activityNever) { return nil }
      let isLate = message.trackingFaults.contains(.activityLate)
      return page.asOf.addingTimeInterval(-delay - (isLate ? lateness : 0))
    }
    let (shown, next) = page.cut(found, limit: limit)
    return [
      "events": .array(shown.map(json(of:))), "total_events": .integer(found.count),
      "continue_token": next,
    ]
  }

  /// The matching events, newest first.
  ///
  /// - Parameter horizon: until when a message's events are visible; `nil` for never.
  private func select(
    from messages: ArraySlice<SandboxMessage>, horizon: (SandboxMessage) -> Date?
  ) -> [ActivityRow] {
    var rows: [ActivityRow] = []
    for message in messages {
      guard message.mayHaveEvents(in: start..<max(start, end)), filter.matches(message),
        let horizon = horizon(message)
      else { continue }
      for event in message.statusEvents {
        guard event.date >= start, event.date < end, event.date <= horizon,
          filter.matches(event)
        else { continue }
        rows.append(ActivityRow(message: message, event: event))
      }
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
    return members + details
  }

  private var details: [JSONMember] {
    var members: [JSONMember] = []
    switch event.name {
    case .delivered: members.add("smtp_response", .string(SandboxMail.delivered))
    case .hardBounced: members.add("smtp_response", .string(SandboxMail.hardBounce))
    case .softBounced: members.add("smtp_response", .string(SandboxMail.softBounce))
    case .rejected: members.addIfSet("reason", event.reason)
    case .opened, .clicked: members.add("email_client", ["name": "Sandbox", "os": "Linux"])
    default: break
    }
    if [.delivered, .hardBounced, .softBounced].contains(event.name) {
      members.add("host", .string(SandboxMail.host))
      members.add("outbound_ip", "192.0.2.7")
    }
    return members
  }
}

extension SandboxMessage {
  /// Whether an event may lie in a range of time, without looking at each.
  fileprivate func mayHaveEvents(in range: Range<Date>) -> Bool {
    range.contains(sentAt) || !laterEvents.isEmpty
  }
}
