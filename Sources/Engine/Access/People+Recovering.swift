import ActionProtocol
import Decisions

extension People {
  /// A one-time link for an organisation's only owner, who cannot sign in any more. Whoever runs the
  /// program with the database's own credentials may make it, and nobody else: the same could change the
  /// database. Sessions of theirs end.
  /// - Parameter forgetsProofs: also takes the key for one-time codes and the passkeys away.
  /// - Returns: the link's secret; good for an hour.
  /// - Throws: ``AccessError``: a credential was shown, no such person, not active, another owner can help.
  public func recover(
    _ id: PersonID, forgetsProofs: Bool, by caller: Principal, via: String
  ) async throws -> String {
    guard case .local = caller.credential else { throw Self.localOnly }
    let secret = AccessSecret.make(.link, context.entropy)
    return try await context.store.write { store in
      guard let person = try store.person(id) else { throw Self.unknown(id) }
      guard person.isActive else { throw Self.notActive(id) }
      let book = AccessBook(store: store)
      guard try Self.isOnlyOwner(id, store) else { throw Self.othersCanHelp(id) }
      try book.append(
        "person.recovered", id, by: caller.author, via: via, in: book.orgs(of: id),
        details: ["forgets_proofs": .bool(forgetsProofs)])
      _ = try store.removeSessions(of: id)
      if forgetsProofs {
        try store.saveCodeKey(nil, of: id)
        for passkey in try store.passkeys(of: id) {
          _ = try store.removePasskey(passkey.id, of: id)
        }
      }
      try store.replaceLink(
        LinkRecord(
          digest: secret.digest, person: id, createdAt: store.now,
          expiresAt: store.now.advanced(by: TokenRules.linkLife(firstOwner: true))))
      return secret.text
    }
  }

  /// Whether some org has no other active owner.
  private static func isOnlyOwner(_ id: PersonID, _ store: any StoreReading) throws -> Bool {
    try store.memberships(of: id).filter { $0.role == .owner }.contains { own in
      let others = try store.memberships(in: own.org).filter {
        $0.role == .owner && $0.person != id
      }
      return try !others.contains { try store.person($0.person)?.isActive == true }
    }
  }

  private static let localOnly = AccessError(
    .forbidden, "recover.local",
    "An owner is let in again by whoever can open the database itself.",
    remedy: "Run it where that is, signed out (aiom logout) and without AIOM_TOKEN.")

  private static func notActive(_ id: PersonID) -> AccessError {
    AccessError(
      .conflict, "recover.disabled", "\(id.rawValue) is disabled.",
      remedy: "An owner enables them: aiom person enable \(id.rawValue).")
  }

  private static func othersCanHelp(_ id: PersonID) -> AccessError {
    AccessError(
      .conflict, "recover.others", "\(id.rawValue) is no organisation's only owner.",
      remedy: "Another owner makes a link: aiom person password \(id.rawValue).")
  }
}
