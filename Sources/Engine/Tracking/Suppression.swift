import ActionProtocol
import Decisions

/// An address that must not be written to.
public struct Suppression: Hashable, Sendable {
  /// What it forbids.
  public typealias Scope = SuppressionScope
  public typealias Reason = SuppressionReason

  public var org: OrgID
  /// Given by whoever makes it, unique in the org.
  public var id: String
  public var channel: OutreachChannel
  /// The digest of the normalised address, as outreach reservations keep it: ``AddressDigest``.
  public var address: Digest
  public var scope: Scope
  public var reason: Reason
  /// Who brought it: `webhook`, `vendor`, `cli`, `unsubscribe_page`, …
  public var source: String
  public var createdAt: Instant
  /// Nil: for good.
  public var expiresAt: Instant?
  /// The event or record that it rests on.
  public var evidence: String?
  /// The address itself, to be shown and to be told the provider; erasable. Personal data.
  public var addressText: String?

  public init(
    org: OrgID, id: String, channel: OutreachChannel, address: Digest, scope: Scope,
    reason: Reason, source: String, createdAt: Instant, expiresAt: Instant? = nil,
    evidence: String? = nil, addressText: String? = nil
  ) {
    self.org = org
    self.id = id
    self.channel = channel
    self.address = address
    self.scope = scope
    self.reason = reason
    self.source = source
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.evidence = evidence
    self.addressText = addressText
  }

  /// Whether it binds at an instant.
  public func isActive(at now: Instant) -> Bool { expiresAt.map { $0 > now } ?? true }
}

extension Suppression: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Id, reason and scope; never the address.
  public var description: String { "Suppression(\(id), \(reason.rawValue), \(scope.rawValue))" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: they name an address.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What storing a suppression did.
public enum SuppressionInsert: Hashable, Sendable {
  /// A new one.
  case added
  /// One of the same address, scope and reason was there and was prolonged.
  case prolonged
  /// One was there that lasts as long or longer; nothing changed.
  case known
}
