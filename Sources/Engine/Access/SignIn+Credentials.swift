import ActionProtocol
import Decisions

extension SignIn {
  /// Who a session or token belongs to. Notes its use, at most once a minute.
  /// - Parameter isUse: false: nobody did anything, so the session lives no longer for it.
  /// - Throws: ``AccessError`` `credential.…` where it is unknown, ended, revoked, or its person is
  ///   disabled.
  public func caller(_ text: String, isUse: Bool = true) async throws -> Principal {
    let digest = AccessSecret.digest(text)
    let found = try await context.store.read { try Self.find(digest, $0) }
    if isUse, let note = found.note {
      try await context.store.write { store in
        switch note {
        case .session: try store.touchSession(digest, at: store.now)
        case .token(let org, let id): try store.touchToken(org, id: id, at: store.now)
        }
      }
    }
    return found.caller
  }

  enum Use: Sendable {
    case session
    case token(OrgID, String)
  }

  static func find(
    _ digest: Digest, _ store: any StoreReading
  ) throws -> (caller: Principal, note: Use?) {
    if let session = try store.session(digest) { return try caller(session, store) }
    guard let token = try store.token(digest) else { throw void }
    return try caller(token, store)
  }

  private static func caller(
    _ session: SessionRecord, _ store: any StoreReading
  ) throws -> (Principal, Use?) {
    let rules = SessionRules.standard(session.place)
    guard rules.isLive(created: session.createdAt, seen: session.seenAt, now: store.now) else {
      throw AccessError(
        .unauthenticated, "credential.ended", "The session has ended.", remedy: "Sign in again.")
    }
    guard let author = session.person.author, try store.person(session.person)?.isActive == true
    else { throw void }
    let caller = Principal(
      author: author, credential: .session(session.digest), person: session.person, scopes: nil)
    return (caller, rules.notes(seen: session.seenAt, now: store.now) ? .session : nil)
  }

  private static func caller(
    _ token: TokenRecord, _ store: any StoreReading
  ) throws -> (Principal, Use?) {
    guard token.isLive(at: store.now) else {
      throw AccessError(
        .unauthenticated, "credential.ended",
        token.revokedAt == nil ? "The token has expired." : "The token was revoked.",
        remedy: "Make a new one: aiom token create.")
    }
    let author =
      switch token.kind {
      case .person: token.person.author
      case .agent: Author(.agent, token.name)
      }
    guard let author, try store.person(token.person)?.isActive == true else { throw void }
    let caller = Principal(
      author: author, credential: .token(token.org, id: token.id), person: token.person,
      scopes: token.kind.usable(token.scopes))
    let isNews = token.lastUsedAt.map { store.now.duration(since: $0) >= .seconds(60) } ?? true
    return (caller, isNews ? .token(token.org, token.id) : nil)
  }

  private static let void = AccessError(
    .unauthenticated, "credential.unknown", "The credential is not known here.",
    remedy: "Sign in again, or make a new token; it belongs to one database.")

  // MARK: - Ending

  /// Ends a session. Idempotent; a token is not ended by it.
  public func logout(_ caller: Principal, via: String) async throws {
    guard case .session(let digest) = caller.credential, let person = caller.person else { return }
    try await context.store.write { store in
      guard try store.removeSession(digest) else { return }
      let book = AccessBook(store: store)
      try book.append(
        "session.ended", person, by: caller.author, via: via, in: book.orgs(of: person))
    }
  }
}
