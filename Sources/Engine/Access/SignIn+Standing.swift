import ActionProtocol
import Decisions

/// Somebody who was let in and stays: what they showed, without the secret itself.
public struct Standing: Hashable, Sendable {
  fileprivate let credential: Digest
  public let org: OrgID

  /// - Parameter credential: the text of a session or token.
  public init(_ credential: String, in org: OrgID) {
    self.credential = AccessSecret.digest(credential)
    self.org = org
  }

  /// Whether it is the same session or token.
  public func isOf(_ other: Standing) -> Bool { credential == other.credential }
}

extension SignIn {
  /// Those who may still look at their org: their session or token lives, and the right was not taken
  /// away. Being asked about counts as no use.
  public func stillLooking(_ all: Set<Standing>) async throws -> Set<Standing> {
    try await context.store.read { store in
      try all.filter { standing in
        do {
          let caller = try Self.find(standing.credential, store).caller
          return try AccessGate(store).rights(of: caller, in: standing.org).contains(.read)
        } catch is AccessError {
          return false
        }
      }
    }
  }
}
