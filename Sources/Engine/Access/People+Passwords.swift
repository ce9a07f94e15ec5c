import ActionProtocol
import Decisions

extension People {
  /// A one-time link by which a person sets a new password; earlier ones are void.
  /// - Returns: the link's secret.
  public func passwordLink(_ id: PersonID, by caller: Principal, via: String) async throws -> String
  {
    let secret = AccessSecret.make(.link, context.entropy)
    return try await context.store.write { store in
      guard try store.person(id) != nil else { throw Self.unknown(id) }
      let orgs = try AccessGate(store).permitOver(id, for: caller)
      try AccessBook(store: store).append(
        "person.link_made", id, by: caller.author, via: via, in: orgs)
      try store.replaceLink(
        LinkRecord(
          digest: secret.digest, person: id, createdAt: store.now,
          expiresAt: store.now.advanced(by: TokenRules.linkLife(firstOwner: false))))
      return secret.text
    }
  }

  /// The link by which the first owner signs up; nil where the installation has a person. Earlier ones
  /// are void.
  public func firstOwnerLink() async throws -> String? {
    let secret = AccessSecret.make(.link, context.entropy)
    return try await context.store.write { store in
      guard try !store.hasPersons() else { return nil }
      try store.replaceLink(
        LinkRecord(
          digest: secret.digest, person: nil, createdAt: store.now,
          expiresAt: store.now.advanced(by: TokenRules.linkLife(firstOwner: true))))
      return secret.text
    }
  }

  /// What a link is for. Changes nothing.
  public enum LinkUse: Hashable, Sendable {
    case firstOwner
    case password(Person)
  }

  /// - Returns: nil for a link that does not exist, was used or has ended.
  public func use(ofLink text: String) async throws -> LinkUse? {
    try await context.store.read { try Self.use(AccessSecret.digest(text), $0) }
  }

  private static func use(_ digest: Digest, _ store: any StoreReading) throws -> LinkUse? {
    guard let link = try store.link(digest), store.now < link.expiresAt else { return nil }
    guard let id = link.person else { return try store.hasPersons() ? nil : .firstOwner }
    return try store.person(id).flatMap { $0.isActive ? .password($0) : nil }
  }

  /// Sets the password by a link, once. All sessions of the person end.
  /// - Parameter owner: who signs up, where the link is the first owner's.
  /// - Returns: who they are.
  public func accept(
    link text: String, password: String, owner: NewPerson? = nil, via: String
  ) async throws -> PersonID {
    let digest = AccessSecret.digest(text)
    guard let use = try await use(ofLink: text) else { throw Self.deadLink }
    switch (use, owner) {
    case (.password(let person), _):
      let words = NewPerson(id: person.id, name: person.name, email: person.email).words
      try PasswordRules.check(password, words: words)
    case (.firstOwner, let owner?): try PasswordRules.check(password, words: owner.checked().words)
    case (.firstOwner, nil): throw Self.ownerMissing
    }
    guard let record = try await hashed(password) else { throw Self.deadLink }
    return try await context.store.write { store in
      guard let use = try Self.use(digest, store), try store.takeLink(digest) else {
        throw Self.deadLink
      }
      let id = try Self.person(use, owner, via, store)
      var record = record
      record.changedAt = store.now
      try store.save(record, of: id)
      _ = try store.removeSessions(of: id)
      return id
    }
  }

  private static func person(
    _ use: LinkUse, _ owner: NewPerson?, _ via: String, _ store: any StoreTransaction
  ) throws -> PersonID {
    let book = AccessBook(store: store)
    switch use {
    case .password(let person):
      guard let author = person.id.author else { throw deadLink }
      try book.append(
        "person.password_set", person.id, by: author, via: via, in: book.orgs(of: person.id))
      return person.id
    case .firstOwner:
      guard let owner, let author = owner.id.author else { throw ownerMissing }
      let orgs = try store.organisations().map(\.id)
      try book.append(
        "person.added", owner.id, by: author, via: via, in: orgs, details: ["roles": ["owner"]],
        personal: owner.personal)
      // Asked again behind the audit's lock: of two first owners there is one.
      guard try !store.hasPersons() else { throw deadLink }
      try store.save(
        Person(id: owner.id, name: owner.name, email: owner.email, createdAt: store.now))
      for org in orgs { _ = try store.add(Membership(org: org, person: owner.id, role: .owner)) }
      return owner.id
    }
  }

  /// Changes one's own password. All other sessions end.
  /// - Throws: ``AccessError``: not one's own session, the old one is wrong, the new one is too simple.
  public func changePassword(
    from old: String, to new: String, by caller: Principal, via: String
  ) async throws {
    guard let id = caller.person, caller.isThemselves(id),
      case .session(let own) = caller.credential
    else { throw Self.ownSession }
    let card = try await show(id)
    let known = try await context.store.read { try $0.password(of: id) }
    guard try await Passwords(context: context).matches(old, known) else { throw Self.oldWrong }
    let words = NewPerson(id: id, name: card.person.name, email: card.person.email).words
    try PasswordRules.check(new, words: words)
    guard let record = try await hashed(new) else { return }
    try await context.store.write { store in
      guard try store.password(of: id) == known else { throw Self.oldWrong }
      let book = AccessBook(store: store)
      try book.append(
        "person.password_set", id, by: caller.author, via: via, in: book.orgs(of: id))
      var record = record
      record.changedAt = store.now
      try store.save(record, of: id)
      for session in try store.sessions(of: id) where session.digest != own {
        _ = try store.removeSession(session.digest)
      }
    }
  }

  static let deadLink = AccessError(
    .unknown, "link.dead", "This link was used already, has ended, or never was one.",
    remedy: "Ask an owner for a new one: aiom person password NAME. For the first owner, start "
      + "`aiom serve` again.")

  private static let ownerMissing = AccessError(
    .invalid, "link.owner", "This link makes the first owner, and nobody is named.",
    remedy: "Give a short name and a name.")

  private static let ownSession = AccessError(
    .forbidden, "password.session", "A password is changed by its person, signed in.",
    remedy: "Sign in first: aiom login. An owner can make a link: aiom person password NAME.")

  private static let oldWrong = AccessError(
    .invalid, "password.wrong", "The present password is wrong.",
    remedy: "Type it again; an owner can make a link for a new one.")
}
