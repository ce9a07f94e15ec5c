import Foundation

/// `/suppression/*`: addresses and domains that get no more mail.
struct SuppressionCalls {
  private static let pageSize = 1000

  private let call: VendorCall
  private let store: MailboxStore

  init(_ call: VendorCall, _ store: MailboxStore) {
    self.call = call
    self.store = store
  }

  func add() throws(VendorRefusal) -> JSONValue {
    let address = try addressOrDomain()
    let description = try call.payload.string("block_description")
    let isNew = !store.account { $0.suppressions.contains(address, .manual) }
    if isNew {
      try store.keep(
        .suppressed(
          Suppression(
            address: address, reason: .manual, description: description, date: call.now)))
    }
    return [
      "added": .bool(isNew), "email_address": .string(address),
      "block_description": JSONValue(description),
    ]
  }

  private func addressOrDomain() throws(VendorRefusal) -> String {
    let text = try call.payload.requiredString("email_address")
    let isAddress = AddressSyntax.isMailbox(text) && AddressSyntax.address(of: text) == text
    guard isAddress || AddressSyntax.isDomain(text[...]) else {
      throw .payload(
        "email_address",
        "was expecting a valid RFC-822 formatted email field or a domain but found '\(text)'")
    }
    return text
  }

  func remove() throws(VendorRefusal) -> JSONValue {
    let address = try addressOrDomain()
    let names = try call.payload.choices(
      "reasons", from: Suppression.Reason.allCases.map(\.rawValue))
    guard !names.isEmpty else { throw PayloadReader.missing("reasons") }
    var results: [JSONValue] = []
    for reason in names.compactMap(Suppression.Reason.init(rawValue:)) {
      let isThere = store.account { $0.suppressions.contains(address, reason) }
      if isThere { try store.keep(.unsuppressed(address: address, reason: reason)) }
      results.append([
        "email_address": .string(address), "reason": .string(reason.rawValue),
        "removed": .bool(isThere),
      ])
    }
    return ["suppressions": .array(results)]
  }

  func view() throws(VendorRefusal) -> JSONValue {
    let payload = call.payload
    let page = try payload.page(at: call.now)
    let order = try payload.choice("sort", from: ["asc", "desc"]) ?? "desc"
    let filter = try SuppressionFilter(payload)
    var found = store.account(\.suppressions).sorted.filter {
      $0.date <= page.asOf && filter.matches($0)
    }
    if order == "desc" { found.reverse() }
    let (shown, next) = page.cut(found, limit: Self.pageSize)
    return [
      "results": .array(shown.map(Self.json)), "continue_token": next,
      "total_results": .integer(found.count),
    ]
  }

  private static func json(_ suppression: Suppression) -> JSONValue {
    [
      "email_address": .string(suppression.address),
      "reason": .string(suppression.reason.rawValue),
      "block_description": JSONValue(suppression.description),
      "complaint": suppression.reason == .spam ? "abuse" : "",
      "subject": JSONValue(suppression.subject),
      "timestamp": .string(VendorDate.spacedMicroseconds(suppression.date)),
    ]
  }
}

/// Which suppressions a view wants.
private struct SuppressionFilter {
  private var addresses: Set<String>
  private var parts: [String]
  private var wildcard: [Substring]?
  private var reasons: Set<String>
  private var start: Date
  private var end: Date

  init(_ payload: PayloadReader) throws(VendorRefusal) {
    let isFuzzy = try payload.bool("fuzzy")
    let exact = try payload.oneOrMore("email_address").map { $0.lowercased() }
    let recipients = try payload.oneOrMore("recipient") + payload.oneOrMore("recipients")
    let named = exact + recipients.map { $0.lowercased() }
    addresses = isFuzzy ? [] : Set(named)
    parts = isFuzzy ? named : []
    wildcard = try payload.string("wildcard").map {
      $0.lowercased().split(separator: "*", omittingEmptySubsequences: false)
    }
    reasons = Set(
      try payload.oneOrMore("reason") + payload.oneOrMore("reasons")
        + payload.oneOrMore("suppression_type") + payload.oneOrMore("suppression_types"))
    start = try payload.date("start_date") ?? .distantPast
    end = try payload.date("end_date") ?? .distantFuture
  }

  func matches(_ suppression: Suppression) -> Bool {
    let address = suppression.address
    return (addresses.isEmpty || addresses.contains(address))
      && (parts.isEmpty || parts.contains { address.contains($0) })
      && (reasons.isEmpty || reasons.contains(suppression.reason.rawValue))
      && suppression.date >= start && suppression.date < end && fits(address)
  }

  /// `*` stands for any text.
  private func fits(_ address: String) -> Bool {
    guard let wildcard, let first = wildcard.first, let last = wildcard.last else { return true }
    guard wildcard.count > 1 else { return address == first }
    guard address.hasPrefix(first), address.hasSuffix(last),
      address.utf8.count >= first.utf8.count + last.utf8.count
    else { return false }
    var rest = address.dropFirst(first.count).dropLast(last.count)
    for part in wildcard.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.range(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
