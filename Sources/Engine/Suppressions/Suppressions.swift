import ActionProtocol
import Addressing
import Decisions

/// How people look at suppressions and change them.
public struct Suppressions: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// What a person wants suppressed.
  public struct Wish: Hashable, Sendable {
    public var address: SuppressionAddress
    public var scope: SuppressionScope
    public var reason: SuppressionReason
    /// Nil: for good.
    public var expiresAt: Instant?

    public init(
      address: SuppressionAddress, scope: SuppressionScope = .all,
      reason: SuppressionReason = .manual, expiresAt: Instant? = nil
    ) {
      self.address = address
      self.scope = scope
      self.reason = reason
      self.expiresAt = expiresAt
    }
  }

  /// Those that bind now, by id, from after one on.
  public func list(
    _ org: OrgID, after id: String? = nil, limit: Int = 200
  ) async throws -> [Suppression] {
    try await context.store.read { try $0.suppressions(org, at: $0.now, after: id, limit: limit) }
  }

  /// Those of one address that bind now.
  public func list(_ org: OrgID, of address: SuppressionAddress) async throws -> [Suppression] {
    try await context.store.read {
      try $0.suppressions(org, address.channel, of: address.digests, at: $0.now)
    }
  }

  /// How it stands with the provider's list; nil where nobody has looked yet.
  public func sync(_ org: OrgID) async throws -> SuppressionSyncState? {
    try await context.store.read { try $0.suppressionSync(org) }
  }

  /// Suppresses an address from now on, also for what is approved already. Merging: one of the same
  /// address, scope and reason is prolonged, never shortened.
  /// - Parameter note: 1 to 1000 characters, kept in the audit trail as personal data.
  public func add(
    _ org: OrgID, _ wish: Wish, note: String, by author: Author, via: String
  ) async throws -> (suppression: Suppression, answer: SuppressionInsert) {
    let note = try Approvals.checked(note)
    let entropy = context.entropy
    return try await context.store.write { store in
      guard try store.organisation(org) != nil else { throw Approvals.noOrg(org) }
      let wanted = Suppression(
        org: org, id: entropy.uuid7(store.now), channel: wish.address.channel,
        address: wish.address.digest, scope: wish.scope, reason: wish.reason, source: via,
        createdAt: store.now, expiresAt: wish.expiresAt, addressText: wish.address.text)
      let answer = try SuppressionBook(store: store)
        .add(wanted, by: author, via: via, note: note)
      let kept = try store.suppressions(
        org, wanted.channel, of: [wanted.address], at: store.now
      ).first { $0.scope == wanted.scope && $0.reason == wanted.reason }
      return (kept ?? wanted, answer)
    }
  }

  /// Lets an address be written to again, as far as this one suppression forbade it. What waited for a
  /// person is looked at again. The provider's own list stays as it is.
  /// - Throws: ``DecisionError``: not a person, no such suppression.
  public func remove(
    _ org: OrgID, _ id: String, note: String, by author: Author, via: String
  ) async throws -> Suppression {
    try Approvals.mustBePerson(author)
    let note = try Approvals.checked(note)
    return try await context.store.write { store in
      guard let found = try store.suppression(org, id),
        try SuppressionBook(store: store).remove(found, by: author, via: via, note: note)
      else { throw Self.unknown(id) }
      _ = try store.releaseHolds(org, .needsPerson)
      return found
    }
  }

  private static func unknown(_ id: String) -> DecisionError {
    DecisionError(
      .unknown, "suppression.unknown", "There is no suppression \(id) in this org.",
      remedy: "List them with: aiom suppression list.")
  }
}

/// An address that can be suppressed: a mailbox, a whole domain, or a phone number.
public struct SuppressionAddress: Hashable, Sendable {
  public let channel: OutreachChannel
  /// As it is shown and told the provider. Personal data.
  public let text: String
  public let digest: Digest
  /// The domain's, besides the address's own, where there is one.
  private let domain: Digest?

  /// Everything whose suppression is one of this address.
  public var digests: [Digest] { [digest] + (domain.map { [$0] } ?? []) }

  public init(_ email: EmailAddress) {
    channel = .email
    text = email.rawValue
    digest = AddressDigest.of(email)
    domain = .sha256(Array(email.domain.utf8))
  }

  public init(_ phone: PhoneNumber) {
    channel = .sms
    text = phone.e164
    digest = AddressDigest.of(phone)
    domain = nil
  }

  /// Reads what a person wrote: `+15551234567`, `ann@example.org`, or `example.org` for everybody
  /// there.
  /// - Throws: `email.*` or `phone.*` with what is wrong.
  public init(_ text: String) throws(AddressingIssue) {
    if text.hasPrefix("+") {
      self.init(try PhoneNumber(e164: text))
    } else if text.contains("@") {
      self.init(try EmailAddress(text))
    } else {
      // A domain is sound where an address in it is.
      self.init(domain: try EmailAddress("postmaster@\(text)").domain)
    }
  }

  private init(domain: String) {
    channel = .email
    text = domain
    digest = .sha256(Array(domain.utf8))
    self.domain = nil
  }
}

extension SuppressionAddress: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// Never the address.
  public var description: String { "SuppressionAddress(\(channel.rawValue))" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: one is an address.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
