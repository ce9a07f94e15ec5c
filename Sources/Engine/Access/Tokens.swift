import ActionProtocol
import Decisions

/// API tokens: credentials of programs and agents.
public struct Tokens: Sendable {
  let context: AccessContext

  public init(_ context: AccessContext) { self.context = context }

  /// What is wanted of a new token.
  public struct Wish: Hashable, Sendable {
    /// 1 to 60 small letters, digits, `-`, `_`; of an agent also its name in records.
    public var name: String
    public var kind: TokenKind
    public var scopes: Set<Right>
    public var days: Int

    public init(
      name: String, kind: TokenKind, scopes: Set<Right>, days: Int = TokenRules.standardDays
    ) {
      self.name = name
      self.kind = kind
      self.scopes = scopes
      self.days = days
    }
  }

  /// Makes a token of the caller's own person, or of an agent that they answer for.
  /// - Returns: the secret, which is shown once, and what is kept.
  /// - Throws: ``AccessError``: a deciding scope for an agent, a scope beyond one's own rights, no
  ///   session, the name is taken.
  public func create(
    _ wish: Wish, in org: OrgID, by caller: Principal, via: String
  ) async throws -> (secret: String, token: TokenRecord) {
    try Self.check(wish)
    let secret = AccessSecret.make(wish.kind == .agent ? .agent : .person, context.entropy)
    let entropy = context.entropy
    let record = try await context.store.write { store in
      guard let person = caller.person, caller.isThemselves(person) else {
        throw try store.hasPersons() ? Self.needsSession : Self.needsPerson
      }
      let right: Right = wish.kind == .agent ? .people : .read
      let permit = try AccessGate(store).permit(right, in: org, for: caller)
      try Granting.check(wish.scopes, by: AccessGate(store).rights(of: caller, in: org))
      let record = TokenRecord(
        org: org, id: entropy.uuid7(store.now), digest: secret.digest, name: wish.name,
        kind: wish.kind, person: person, scopes: wish.scopes, createdAt: store.now,
        expiresAt: try TokenRules.end(days: wish.days, from: store.now))
      try Self.append("token.created", record, permit.author, via, store)
      guard
        try !store.tokens(of: org).contains(where: { $0.name == wish.name && $0.revokedAt == nil })
      else { throw Self.taken(wish.name) }
      try store.insert(record)
      return record
    }
    return (secret.text, record)
  }

  private static func check(_ wish: Wish) throws {
    guard let name = RoleName(rawValue: wish.name) else {
      throw AccessError(
        .invalid, "token.name", "The token's name \(RoleName.rule).",
        remedy: "Name it after what uses it, such as nightly-import.")
    }
    _ = name
    if wish.kind == .agent { try Granting.checkAgent(wish.scopes) }
    guard !wish.scopes.isEmpty else {
      throw AccessError(
        .invalid, "token.no_scope", "The token would open nothing.",
        remedy: "Name scopes, such as read,propose.")
    }
    guard !wish.scopes.contains(.people) else {
      throw AccessError(
        .forbidden, "token.people", "No token manages persons and credentials.",
        remedy: "Leave the scope people out; persons are managed signed in.")
    }
  }

  /// Newest first, also those that ended.
  public func list(_ org: OrgID) async throws -> [TokenRecord] {
    try await context.store.read { try $0.tokens(of: org) }
  }

  /// Ends a token at once: one's own, or with the right to, another's.
  /// - Parameter text: its id or name.
  public func revoke(
    _ text: String, in org: OrgID, by caller: Principal, via: String
  ) async throws -> TokenRecord {
    try await context.store.write { store in
      let live = try store.tokens(of: org).filter { $0.revokedAt == nil }
      guard let token = live.first(where: { $0.id == text || $0.name == text }) else {
        throw AccessError(
          .unknown, "token.unknown", "There is no token \(text.prefix(60)) in \(org.rawValue).",
          remedy: "List them with: aiom token list.")
      }
      if !caller.isThemselves(token.person) {
        _ = try AccessGate(store).permit(.people, in: org, for: caller)
      }
      try Self.append("token.revoked", token, caller.author, via, store)
      _ = try store.revokeToken(org, id: token.id, at: store.now)
      return try store.token(org, id: token.id) ?? token
    }
  }

  private static func append(
    _ kind: String, _ token: TokenRecord, _ author: Author, _ via: String,
    _ store: any StoreTransaction
  ) throws {
    try AccessBook(store: store).append(
      kind, "token:\(token.id)", by: author, via: via, in: [token.org],
      details: [
        "name": .string(token.name), "kind": .string(token.kind.rawValue),
        "scopes": .string(Right.words(token.scopes)), "person": .string(token.person.rawValue),
        "expires_at": .string(token.expiresAt.rfc3339),
      ])
  }

  private static func taken(_ name: String) -> AccessError {
    AccessError(
      .conflict, "token.taken", "There is a token \(name) already.",
      remedy: "Take another name, or revoke that one: aiom token revoke \(name).")
  }

  private static let needsSession = AccessError(
    .forbidden, "token.session", "Tokens are made by a person who is signed in.",
    remedy: "Sign in: aiom login.")

  private static let needsPerson = AccessError(
    .forbidden, "token.no_person",
    "Somebody has to answer for a token, and there is no person yet.",
    remedy: "Add the owner first: aiom person add NAME --role owner; then aiom login.")
}
