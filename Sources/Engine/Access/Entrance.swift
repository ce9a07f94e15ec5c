import ActionProtocol
import Decisions

/// A way in without a password, for one person, as long as the process runs that opened it: the demo's.
/// Whoever has its text comes in, so it is told to whoever started the process alone.
public struct Entrance: Sendable {
  /// For the address; nothing stores it.
  public let text: String
  let digest: Digest
  let person: PersonID

  public init(_ person: PersonID, _ entropy: Entropy) {
    let secret = AccessSecret.make(.link, entropy)
    (text, digest) = secret
    self.person = person
  }
}

extension SignIn {
  /// Who comes in by a link; nil where this process opened no such way. Changes nothing.
  public func person(byEntrance text: String) async throws -> Person? {
    guard let entrance = context.entrance, AccessSecret.digest(text) == entrance.digest else {
      return nil
    }
    return try await context.store.read { store in
      try store.person(entrance.person).flatMap { $0.isActive ? $0 : nil }
    }
  }

  /// Begins a session by a link.
  /// - Throws: ``AccessError`` `link.dead` where this process opened no such way; store errors.
  public func enter(_ text: String, place: SessionPlace, via: String) async throws -> SignedIn {
    guard let person = try await person(byEntrance: text) else { throw People.deadLink }
    let secret = AccessSecret.make(.session, context.entropy)
    return try await context.store.write { store in
      try Self.begin(person, place, secret, via, store)
    }
  }
}
