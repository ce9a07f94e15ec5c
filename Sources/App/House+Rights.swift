import ActionProtocol
import Decisions
import Engine

/// The command line's door: who may do what, asked of the same gate as HTTP.
extension House {
  /// Who does something in an org that takes a right. There is no other way to an author, so that no
  /// command forgets to say which right it needs.
  /// - Throws: ``AccessError`` where they do not hold it there.
  func author(_ right: Right, in org: OrgID) async throws -> Author {
    try await permitted(right) { gate, caller in try gate.permit(right, in: org, for: caller) }
  }

  /// The same for what concerns every org.
  func authorEverywhere(_ right: Right) async throws -> Author {
    try await permitted(right) { gate, caller in
      try gate.permitEverywhere(right, for: caller)
    }
  }

  func author(_ right: Right, of scope: StopScope) async throws -> Author {
    switch scope {
    case .everything: try await authorEverywhere(right)
    case .org(let org): try await author(right, in: org)
    }
  }

  /// Whoever copies or replaces the whole database. Without a credential it is the business of whoever
  /// owns the file (SECURITY.md); whoever shows one has to hold the right in every org.
  func mustKeep(_ right: Right) async throws {
    guard caller.credential != .local else { return }
    _ = try await authorEverywhere(right)
  }

  /// An org that the caller may look at. Without a credential whoever can read the database may: the
  /// file is the boundary (SECURITY.md).
  func readable(_ organisation: Organisation) async throws -> Organisation {
    guard caller.credential != .local else { return organisation }
    _ = try await author(.read, in: organisation.id)
    return organisation
  }

  private func permitted(
    _ right: Right, _ ask: @escaping @Sendable (AccessGate, Principal) throws -> Permit
  ) async throws -> Author {
    let caller = caller
    do {
      let permit = try await store.read { try ask(AccessGate($0), caller) }
      if right == .decide, caller.credential == .local { Self.hint() }
      return permit.author
    } catch let error as AccessError where error == .signInNeeded {
      throw sessionProblem ?? error
    }
  }

  /// Whoever decides without a credential is told how to have one; a program is not.
  private static func hint() {
    guard StandardStream.error.isTerminal else { return }
    StandardStream.error.write(
      "note: nobody has signed up yet, so you decide as the local login. `aiom person add NAME "
        + "--role owner` makes you the owner; from then on decisions need a password or token.\n")
  }
}
