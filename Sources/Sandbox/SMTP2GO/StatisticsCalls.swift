import Foundation

/// `/stats/*`, counted over what the sandbox holds.
struct StatisticsCalls {
  /// The monthly allowance of the plan that is imitated.
  private static let allowance = 10_000

  private let call: VendorCall
  private let store: MailboxStore

  init(_ call: VendorCall, _ store: MailboxStore) {
    self.call = call
    self.store = store
  }

  func answer(_ endpoint: VendorEndpoint) throws(VendorRefusal) -> JSONValue {
    if endpoint == .statsHistory { return try history() }
    let month = VendorDate.month(of: call.now)
    if endpoint == .statsCycle { return .object(cycle(month)) }
    let username = try call.payload.string("username")
    // The summary counts the running cycle, the others the last thirty days.
    let start =
      endpoint == .statsSummary ? month.start : call.now.addingTimeInterval(-30 * 86_400)
    let tally = Tally(messages(since: start, username: username))
    switch endpoint {
    case .statsBounces: return .object(Self.emails(tally) + Self.bounces(tally))
    case .statsSpam:
      return .object(Self.emails(tally) + Self.share("spams", "spam_percent", tally.spam, tally))
    case .statsUnsubscribes:
      return .object(
        Self.emails(tally)
          + Self.share("unsubscribes", "unsubscribe_percent", tally.unsubscribes, tally))
    default: return .object(cycle(month) + Self.summary(tally))
    }
  }

  private func messages(since start: Date, username: String? = nil) -> [SandboxMessage] {
    store.messages.filter { message in
      message.isSettled && message.sentAt >= start && message.sentAt <= call.now
        && username.map { message.keyUsername == $0 } ?? true
    }
  }

  private func cycle(_ month: (start: Date, end: Date)) -> [JSONMember] {
    let used = messages(since: month.start).reduce(0) { $0 + $1.recipients.count }
    var members: [JSONMember] = []
    members.add("cycle_start", .string(VendorDate.spaced(month.start)))
    members.add("cycle_end", .string(VendorDate.spaced(month.end)))
    members.add("cycle_used", .integer(used))
    members.add("cycle_remaining", .integer(max(0, Self.allowance - used)))
    members.add("cycle_max", .integer(Self.allowance))
    return members
  }

  private static func emails(_ tally: Tally) -> [JSONMember] {
    [
      JSONMember(name: "emails", value: .integer(tally.emails)),
      JSONMember(name: "rejects", value: .integer(tally.rejects)),
    ]
  }

  private static func bounces(_ tally: Tally) -> [JSONMember] {
    [
      JSONMember(name: "softbounces", value: .integer(tally.softBounces)),
      JSONMember(name: "hardbounces", value: .integer(tally.hardBounces)),
      JSONMember(
        name: "bounce_percent",
        value: .string(tally.percent(tally.softBounces + tally.hardBounces))),
    ]
  }

  private static func share(
    _ name: String, _ percentName: String, _ count: Int, _ tally: Tally
  ) -> [JSONMember] {
    [
      JSONMember(name: name, value: .integer(count)),
      JSONMember(name: percentName, value: .string(tally.percent(count))),
    ]
  }

  private static func summary(_ tally: Tally) -> [JSONMember] {
    var members = [JSONMember(name: "email_count", value: .integer(tally.emails))]
    members += bounces(tally)
    members.add("rejects", .integer(tally.rejects))
    members += share("spam_emails", "spam_percent", tally.spam, tally)
    members += share("unsubscribes", "unsubscribe_percent", tally.unsubscribes, tally)
    members.add("opens", .integer(tally.opens))
    members.add("clicks", .integer(tally.clicks))
    members.add("bounce_rejects", 0)
    members.add("spam_rejects", 0)
    return members
  }

  // MARK: - History

  private func history() throws(VendorRefusal) -> JSONValue {
    let payload = call.payload
    let group =
      try payload.choice(
        "group_by", from: ["email_address", "username", "domain", "subaccount"]) ?? "email_address"
    let start =
      try payload.date("start_date") ?? call.now.addingTimeInterval(-30 * 86_400)
    let end = try payload.date("end_date") ?? call.now.addingTimeInterval(0.001)
    let groups = Dictionary(
      grouping: messages(since: start).filter { $0.sentAt < end }
    ) { Self.key($0, group) }
    let all = Tally(groups.values.flatMap(\.self))
    let rows = groups.sorted { $0.key < $1.key }.map { name, messages in
      JSONValue.object(row(name, group, messages))
    }
    var members = [JSONMember(name: "count", value: .integer(rows.count))]
    for (name, count) in Self.percentages(all) {
      members.add(name + "_total", .number(Double(all.percent(count)) ?? 0))
    }
    members.add("history", .array(rows))
    return .object(members)
  }

  private static func key(_ message: SandboxMessage, _ group: String) -> String {
    let address = AddressSyntax.address(of: message.sender).lowercased()
    switch group {
    case "username": return message.keyUsername
    case "domain": return address.split(separator: "@").last.map(String.init) ?? ""
    case "subaccount": return ActivityFilter.account
    default: return address
    }
  }

  private static func percentages(_ tally: Tally) -> [(String, Int)] {
    [
      ("bounce_percent", tally.softBounces + tally.hardBounces), ("click_percent", tally.clicks),
      ("open_percent", tally.opens), ("reject_percent", tally.rejects),
      ("spam_percent", tally.spam), ("unsubscribe_percent", tally.unsubscribes),
    ]
  }

  private func row(
    _ name: String, _ group: String, _ messages: [SandboxMessage]
  ) -> [JSONMember] {
    let tally = Tally(messages)
    let size = messages.reduce(0) { $0 + $1.byteSize }
    var members: [JSONMember] = []
    members.add(group, .string(name))
    if group == "username" { members.add("description", "") }
    if group == "domain" {
      let domains = store.account(\.domains)
      members.add("domain_verified", .bool(domains?.contains(name) ?? true))
    }
    members.add("used", .integer(tally.emails))
    members.add("bytecount", .integer(size))
    members.add("avgsize", .integer(size / max(1, messages.count)))
    members.add("lastip", "127.0.0.1")
    members.add("bounces", .integer(tally.softBounces + tally.hardBounces))
    members.add("clicks", .integer(tally.clicks))
    members.add("opens", .integer(tally.opens))
    members.add("rejects", .integer(tally.rejects))
    members.add("spam", .integer(tally.spam))
    members.add("unsubscribes", .integer(tally.unsubscribes))
    for (name, count) in Self.percentages(tally) {
      members.add(name, .string(tally.percent(count)))
    }
    return members
  }
}

/// Events counted by kind; each recipient is an e-mail, as the plans count.
private struct Tally {
  private(set) var emails = 0
  private var counts: [SandboxEvent.Name: Int] = [:]

  init(_ messages: [SandboxMessage]) {
    for message in messages {
      emails += message.recipients.count
      for event in message.statusEvents { counts[event.name, default: 0] += 1 }
    }
  }

  var softBounces: Int { counts[.softBounced] ?? 0 }
  var hardBounces: Int { counts[.hardBounced] ?? 0 }
  var rejects: Int { counts[.rejected] ?? 0 }
  var spam: Int { counts[.spam] ?? 0 }
  var unsubscribes: Int { counts[.unsubscribed] ?? 0 }
  var opens: Int { counts[.opened] ?? 0 }
  var clicks: Int { counts[.clicked] ?? 0 }

  /// Percentages are texts with two digits.
  func percent(_ count: Int) -> String {
    let hundredths = emails == 0 ? 0 : (count * 10_000 + emails / 2) / emails
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
