import ActionProtocol
import Decisions

/// What came of recording a consent.
public enum ConsentInsert: String, Hashable, Sendable {
  case added
  /// One of the same kind was on record, as early and as long.
  case known
}

/// Changes to the consents, each with its audit entry in the same transaction. The address stands in a
/// personal slot, so that it can be erased without breaking the proof.
struct ConsentBook {
  let store: any StoreTransaction

  /// Records a consent beside what there is.
  /// - Parameter note: a person's words, kept as personal data.
  func add(
    _ consent: Consent, by author: Author, via: String, note: String? = nil
  ) throws -> ConsentInsert {
    let known = try store.consents(consent.org, consent.channel, of: consent.address)
    guard !known.contains(where: { $0.covers(consent) }) else { return .known }
    try store.insert(consent)
    try append("consent.recorded", consent, author, via, note)
    return .added
  }

  /// - Returns: false where it was withdrawn before.
  func withdraw(
    _ consent: Consent, by author: Author, via: String, note: String? = nil
  ) throws -> Bool {
    guard try store.withdrawConsent(consent.org, consent.id, at: store.now) else { return false }
    try append("consent.withdrawn", consent, author, via, note)
    return true
  }

  /// Whoever objects takes back what they had allowed. A contract is none of it: it allows no marketing
  /// anyway.
  /// - Parameter suppression: what came of the objection.
  func withdraw(after suppression: Suppression, by author: Author, via: String) throws {
    guard [.unsubscribe, .stop, .complaint].contains(suppression.reason) else { return }
    let given = try store.consents(suppression.org, suppression.channel, of: suppression.address)
    for consent in given where consent.withdrawnAt == nil && consent.basis != .contract {
      _ = try withdraw(consent, by: author, via: via)
    }
  }

  private func append(
    _ kind: String, _ consent: Consent, _ author: Author, _ via: String, _ note: String?
  ) throws {
    var personal: [String: [UInt8]] = [:]
    if let text = consent.addressText { personal["address"] = Array(text.utf8) }
    if let note { personal["reason"] = Array(note.utf8) }
    try store.append(
      [
        AuditEvent(
          kind: kind, actor: author.rawValue, via: via, subject: "consent:\(consent.id)",
          details: consent.details, personal: personal)
      ], org: consent.org)
  }
}

extension Consent {
  /// For the audit trail, without the address.
  fileprivate var details: JSONObject {
    var details: JSONObject = [
      "channel": .string(channel.rawValue), "basis": .string(basis.rawValue),
      "scope": .string(scope.rawValue), "obtained_at": .string(obtainedAt.rfc3339),
      "source": .string(source),
    ]
    if let end = fact.end { details["ends_at"] = .string(end.rfc3339) }
    if let evidence { details["evidence"] = .string(evidence) }
    return details
  }
}
