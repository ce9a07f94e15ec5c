import ActionProtocol
import Decisions

extension People {
  /// Gives and takes roles in an org.
  /// - Throws: ``AccessError``: no right to, beyond one's own rights, the last owner.
  public func change(
    _ id: PersonID, in org: OrgID, adding: Set<RoleName>, removing: Set<RoleName>,
    by caller: Principal, via: String
  ) async throws {
    try await context.store.write { store in
      let gate = AccessGate(store)
      let permit = try gate.permit(.people, in: org, for: caller)
      guard try store.person(id) != nil else { throw Self.unknown(id) }
      try AccessBook(store: store).append(
        "person.roles_changed", id, by: permit.author, via: via, in: [org],
        details: [
          "added": .array(adding.sorted().map { .string($0.rawValue) }),
          "removed": .array(removing.sorted().map { .string($0.rawValue) }),
        ])
      let held = try gate.rights(of: caller, in: org)
      for role in adding.union(removing) {
        try Granting.check(Self.rights(of: role, in: org, store), by: held)
      }
      for role in removing {
        guard try store.remove(Membership(org: org, person: id, role: role)) else {
          throw AccessError(
            .conflict, "person.no_role", "\(id.rawValue) has no role \(role.rawValue) here.",
            remedy: "Look with: aiom person show \(id.rawValue).")
        }
      }
      for role in adding { _ = try store.add(Membership(org: org, person: id, role: role)) }
      try AccessBook(store: store).checkOwners([org])
    }
  }

  /// Disables a person, or lets them in again. A disabled person's sessions end and their tokens, also
  /// those of their agents, are revoked.
  public func setActive(
    _ id: PersonID, _ isActive: Bool, by caller: Principal, via: String
  ) async throws {
    try await context.store.write { store in
      guard var person = try store.person(id) else { throw Self.unknown(id) }
      let orgs = try AccessGate(store).permitOver(id, for: caller)
      guard person.isActive != isActive else { return }
      try AccessBook(store: store).append(
        isActive ? "person.enabled" : "person.disabled", id, by: caller.author, via: via, in: orgs)
      person.isActive = isActive
      try store.save(person)
      guard !isActive else { return }
      try Self.endCredentials(of: id, in: orgs, withTokens: true, store)
      try AccessBook(store: store).checkOwners(orgs)
    }
  }

  /// Ends all sessions of a person, one's own or, with the right to, another's.
  /// - Parameter withTokens: revokes their tokens too.
  public func signOut(
    _ id: PersonID, withTokens: Bool = false, by caller: Principal, via: String
  ) async throws {
    try await context.store.write { store in
      guard try store.person(id) != nil else { throw Self.unknown(id) }
      let orgs =
        caller.isThemselves(id)
        ? try AccessBook(store: store).orgs(of: id)
        : try AccessGate(store).permitOver(id, for: caller)
      try AccessBook(store: store).append(
        "person.signed_out", id, by: caller.author, via: via, in: orgs,
        details: ["tokens": .bool(withTokens)])
      try Self.endCredentials(of: id, in: orgs, withTokens: withTokens, store)
    }
  }

  static func endCredentials(
    of id: PersonID, in orgs: [OrgID], withTokens: Bool, _ store: any StoreTransaction
  ) throws {
    _ = try store.removeSessions(of: id)
    guard withTokens else { return }
    for org in orgs {
      for token in try store.tokens(of: org) where token.person == id && token.revokedAt == nil {
        _ = try store.revokeToken(org, id: token.id, at: store.now)
      }
    }
  }
}

extension Principal {
  /// Whether a session of the person stands behind it: a token is not enough to change its own person.
  func isThemselves(_ id: PersonID) -> Bool {
    if case .session = credential { person == id } else { false }
  }
}
