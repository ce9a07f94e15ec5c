import ActionProtocol
import Addressing
import Decisions

/// Somebody who can sign in. Persons belong to the installation, their roles to an org.
public struct Person: Hashable, Sendable {
  public var id: PersonID
  /// Personal data.
  public var name: String
  /// Where notices go; personal data.
  public var email: EmailAddress?
  /// Where texts go; personal data.
  public var phone: PhoneNumber?
  /// A person who is not active holds nothing: no role, no session, no token, no agent.
  public var isActive: Bool
  public var createdAt: Instant

  public init(
    id: PersonID, name: String, email: EmailAddress?, phone: PhoneNumber? = nil,
    isActive: Bool = true, createdAt: Instant
  ) {
    self.id = id
    self.name = name
    self.email = email
    self.phone = phone
    self.isActive = isActive
    self.createdAt = createdAt
  }
}

extension Person {
  /// The address as it is written.
  public var emailText: String? { email?.rawValue }
  /// The number as programs write it.
  public var phoneText: String? { phone?.e164 }
}

extension Person: CustomStringConvertible, CustomReflectable {
  /// The handle; never name or address.
  public var description: String { "Person(\(id.rawValue))" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What scrypt (RFC 7914) is to cost; stored beside each hash, so that it can rise.
public struct PasswordCost: Hashable, Sendable {
  /// N, a power of two.
  public var rounds: Int
  /// r.
  public var blockSize: Int
  /// p.
  public var parallelism: Int

  public init(rounds: Int, blockSize: Int, parallelism: Int) {
    self.rounds = rounds
    self.blockSize = blockSize
    self.parallelism = parallelism
  }

  /// N = 2^15, r = 8, p = 3: 32 MiB (OWASP Password Storage Cheat Sheet).
  public static let standard = PasswordCost(rounds: 1 << 15, blockSize: 8, parallelism: 3)
}

/// A password as it is stored.
public struct PasswordRecord: Hashable, Sendable {
  public var salt: [UInt8]
  public var hash: [UInt8]
  public var cost: PasswordCost
  public var changedAt: Instant

  public init(salt: [UInt8], hash: [UInt8], cost: PasswordCost, changedAt: Instant) {
    self.salt = salt
    self.hash = hash
    self.cost = cost
    self.changedAt = changedAt
  }
}

/// That a person has a role in an org.
public struct Membership: Hashable, Sendable {
  public var org: OrgID
  public var person: PersonID
  public var role: RoleName

  public init(org: OrgID, person: PersonID, role: RoleName) {
    self.org = org
    self.person = person
    self.role = role
  }
}

/// A role of an org's own.
public struct RoleRecord: Hashable, Sendable {
  public var org: OrgID
  public var name: RoleName
  public var rights: Set<Right>
  public var createdAt: Instant

  public init(org: OrgID, name: RoleName, rights: Set<Right>, createdAt: Instant) {
    self.org = org
    self.name = name
    self.rights = rights
    self.createdAt = createdAt
  }
}

/// That a person is signed in. The token itself is with them alone; stored is its digest.
public struct SessionRecord: Hashable, Sendable {
  public var digest: Digest
  public var person: PersonID
  public var place: SessionPlace
  public var createdAt: Instant
  public var seenAt: Instant

  public init(
    digest: Digest, person: PersonID, place: SessionPlace, createdAt: Instant, seenAt: Instant
  ) {
    self.digest = digest
    self.person = person
    self.place = place
    self.createdAt = createdAt
    self.seenAt = seenAt
  }
}

/// A credential of a program. The token itself was shown once; stored is its digest.
public struct TokenRecord: Hashable, Sendable {
  public var org: OrgID
  public var id: String
  public var digest: Digest
  /// Unique in the org as long as the token is not revoked; of an agent also its name in records.
  public var name: String
  public var kind: TokenKind
  /// Who answers for it.
  public var person: PersonID
  public var scopes: Set<Right>
  public var createdAt: Instant
  public var expiresAt: Instant
  public var lastUsedAt: Instant?
  public var revokedAt: Instant?

  public init(
    org: OrgID, id: String, digest: Digest, name: String, kind: TokenKind, person: PersonID,
    scopes: Set<Right>, createdAt: Instant, expiresAt: Instant, lastUsedAt: Instant? = nil,
    revokedAt: Instant? = nil
  ) {
    self.org = org
    self.id = id
    self.digest = digest
    self.name = name
    self.kind = kind
    self.person = person
    self.scopes = scopes
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.lastUsedAt = lastUsedAt
    self.revokedAt = revokedAt
  }

  public func isLive(at now: Instant) -> Bool { revokedAt == nil && now < expiresAt }
}

/// A link that lets somebody set a password once. Stored is its digest.
public struct LinkRecord: Hashable, Sendable {
  public var digest: Digest
  /// Whose password; nil: whoever opens it becomes the installation's first owner.
  public var person: PersonID?
  public var createdAt: Instant
  public var expiresAt: Instant

  public init(digest: Digest, person: PersonID?, createdAt: Instant, expiresAt: Instant) {
    self.digest = digest
    self.person = person
    self.createdAt = createdAt
    self.expiresAt = expiresAt
  }
}

/// A person's key for one-time codes.
public struct CodeRecord: Hashable, Sendable {
  public var person: PersonID
  /// Sealed with the installation's key, which is not in the database.
  public var sealed: [UInt8]
  public var createdAt: Instant
  /// Nil until a first code proved that the app has the key.
  public var confirmedAt: Instant?
  /// The last step whose code was taken.
  public var lastStep: Int64?

  public init(
    person: PersonID, sealed: [UInt8], createdAt: Instant, confirmedAt: Instant? = nil,
    lastStep: Int64? = nil
  ) {
    self.person = person
    self.sealed = sealed
    self.createdAt = createdAt
    self.confirmedAt = confirmedAt
    self.lastStep = lastStep
  }
}

/// A person's passkey.
public struct PasskeyRecord: Hashable, Sendable {
  /// The credential's id as the authenticator gave it.
  public var id: [UInt8]
  public var person: PersonID
  public var name: String
  /// The P-256 public key, uncompressed: 4, x, y.
  public var publicKey: [UInt8]
  public var signCount: Int64
  public var createdAt: Instant
  public var lastUsedAt: Instant?

  public init(
    id: [UInt8], person: PersonID, name: String, publicKey: [UInt8], signCount: Int64,
    createdAt: Instant, lastUsedAt: Instant? = nil
  ) {
    self.id = id
    self.person = person
    self.name = name
    self.publicKey = publicKey
    self.signCount = signCount
    self.createdAt = createdAt
    self.lastUsedAt = lastUsedAt
  }
}

/// A question that one passkey answers once.
public struct ChallengeRecord: Hashable, Sendable {
  public enum Purpose: String, CaseIterable, Hashable, Sendable {
    case register
    case approve
  }

  /// The bytes that the authenticator signs.
  public var challenge: [UInt8]
  public var person: PersonID
  public var purpose: Purpose
  /// Of an approval: what is approved.
  public var action: Digest?
  public var expiresAt: Instant

  public init(
    challenge: [UInt8], person: PersonID, purpose: Purpose, action: Digest?, expiresAt: Instant
  ) {
    self.challenge = challenge
    self.person = person
    self.purpose = purpose
    self.action = action
    self.expiresAt = expiresAt
  }
}
