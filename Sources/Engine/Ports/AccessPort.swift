import ActionProtocol
import Decisions

/// Persons, roles and credentials: reading, inside a transaction.
public protocol AccessReading {
  /// Whether the installation has a person, active or not. Until it has, whoever runs the command line
  /// decides (DECISIONS 7).
  func hasPersons() throws -> Bool
  func person(_ id: PersonID) throws -> Person?
  /// All persons, by handle.
  func persons() throws -> [Person]
  func password(of person: PersonID) throws -> PasswordRecord?
  /// A person's roles in all orgs, by org and role.
  func memberships(of person: PersonID) throws -> [Membership]
  /// Everybody's roles in an org, by person and role.
  func memberships(in org: OrgID) throws -> [Membership]
  /// The roles of an org's own, by name.
  func roles(of org: OrgID) throws -> [RoleRecord]
  func session(_ digest: Digest) throws -> SessionRecord?
  func sessions(of person: PersonID) throws -> [SessionRecord]
  func token(_ digest: Digest) throws -> TokenRecord?
  func token(_ org: OrgID, id: String) throws -> TokenRecord?
  /// An org's tokens, newest first, also those that ended.
  func tokens(of org: OrgID) throws -> [TokenRecord]
  func link(_ digest: Digest) throws -> LinkRecord?
  /// Wrong passwords under a key, which is the digest of an account's or an address's name.
  func loginFailures(_ key: Digest) throws -> LoginFailures?
  func codeKey(of person: PersonID) throws -> CodeRecord?
  /// A person's passkeys, oldest first.
  func passkeys(of person: PersonID) throws -> [PasskeyRecord]
}

/// Persons, roles and credentials: writing, inside a transaction. Who calls appends the audit entry.
public protocol AccessWriting {
  /// Adds a person or replaces what is known of them.
  func save(_ person: Person) throws
  /// Sets a person's password, in place of an earlier one.
  func save(_ password: PasswordRecord, of person: PersonID) throws
  /// - Returns: false where the person has the role already.
  func add(_ membership: Membership) throws -> Bool
  /// - Returns: false where there was none.
  func remove(_ membership: Membership) throws -> Bool
  /// Adds a role of an org's own or changes its rights.
  func save(_ role: RoleRecord) throws
  func removeRole(_ org: OrgID, _ name: RoleName) throws
  func insert(_ session: SessionRecord) throws
  func touchSession(_ digest: Digest, at instant: Instant) throws
  /// - Returns: false where there was none.
  func removeSession(_ digest: Digest) throws -> Bool
  /// Signs a person out everywhere.
  /// - Returns: how many sessions ended.
  func removeSessions(of person: PersonID) throws -> Int
  /// Forgets sessions, links, challenges and failures that have ended.
  func removeEndedAccess(sessionsBefore: Instant, failuresBefore: Instant) throws
  func insert(_ token: TokenRecord) throws
  func touchToken(_ org: OrgID, id: String, at instant: Instant) throws
  /// - Returns: false where it was revoked already.
  func revokeToken(_ org: OrgID, id: String, at instant: Instant) throws -> Bool
  /// Keeps a link, in place of all earlier ones of the same person (or of the first owner).
  func replaceLink(_ link: LinkRecord) throws
  /// Takes a link away: single use.
  /// - Returns: false where somebody was faster.
  func takeLink(_ digest: Digest) throws -> Bool
  func save(_ failures: LoginFailures?, _ key: Digest) throws
  /// Sets or, with nil, removes a person's key for one-time codes.
  func saveCodeKey(_ record: CodeRecord?, of person: PersonID) throws
  /// Notes that the code of a step was taken.
  /// - Returns: false where it or a later one was taken before: a replay.
  func takeCode(of person: PersonID, step: Int64) throws -> Bool
  func insert(_ passkey: PasskeyRecord) throws
  func touchPasskey(_ id: [UInt8], signCount: Int64, at instant: Instant) throws
  /// - Returns: false where the person has none of the id.
  func removePasskey(_ id: [UInt8], of person: PersonID) throws -> Bool
  func insert(_ challenge: ChallengeRecord) throws
  /// Takes a challenge away: single use.
  /// - Returns: nil where there is none (any more), also where it expired.
  func takeChallenge(_ challenge: [UInt8]) throws -> ChallengeRecord?
}
