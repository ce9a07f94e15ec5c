/// Recipients whose names say what becomes of their mail: `bounce+ann@example.org`.
///
/// A word counts between plus signs in the local part, so no address without a plus sign is special.
enum SpecialRecipient {
  /// The words and the events that end or follow the mail.
  static let words: [String: [SandboxEvent.Name]] = [
    "bounce": [.processed, .hardBounced],
    "softbounce": [.processed, .softBounced],
    "reject": [.rejected],
    "complain": [.processed, .delivered, .spam],
    "unsubscribe": [.processed, .delivered, .unsubscribed],
    "open": [.processed, .delivered, .opened],
    "click": [.processed, .delivered, .opened, .clicked],
    "silent": [.processed],
  ]

  static func events(of address: String) -> [SandboxEvent.Name]? {
    let found = segments(of: address).compactMap { words[$0.lowercased()] }
    guard var events = found.first else { return nil }
    for more in found.dropFirst() { events += more.filter { !events.contains($0) } }
    return events
  }

  /// `fault.NAME+ann@…`, or `fault.NAME.COUNT+ann@…` for its first requests.
  static func fault(of mailbox: String) -> RequestedFault? {
    let address = AddressSyntax.address(of: mailbox)
    return segments(of: address).lazy.compactMap { segment -> RequestedFault? in
      guard segment.lowercased().hasPrefix("fault.") else { return nil }
      return RequestedFault(
        String(segment.dropFirst("fault.".count)), separator: ".", name: address)
    }.first
  }

  private static func segments(of address: String) -> [Substring] {
    guard let at = address.lastIndex(of: "@") else { return [] }
    let local = address[..<at]
    return local.contains("+") ? local.split(separator: "+") : []
  }
}

/// Numbers whose last six digits say what becomes of their texts.
enum SpecialNumber {
  /// What happens after the API has said `queued`.
  static let outcomes: [String: SandboxSMS.Outcome] = [
    "559001": .rejected, "559002": .failed, "559003": .silent, "559004": .stops,
    "559005": .replies,
  ]

  private static let faults: [String: SandboxFault] = [
    "559011": .hangAfterAccepting, "559012": .cutAfterAccepting, "559013": .http429,
    "559014": .http500, "559015": .hangBeforeAccepting, "559016": .cutBeforeAccepting,
    "559017": .http500AfterAccepting,
  ]

  static func outcome(of number: String) -> SandboxSMS.Outcome? {
    outcomes[String(number.suffix(6))]
  }

  static func fault(of number: String) -> RequestedFault? {
    faults[String(number.suffix(6))].map { RequestedFault(fault: $0, count: nil, name: number) }
  }
}
