import ActionProtocol

/// Whose hand holds an API token.
public enum TokenKind: String, CaseIterable, Hashable, Sendable {
  /// A program that works in a person's name, with no more rights than the person.
  case person
  /// An agent. INVARIANT: it decides nothing, whatever its scopes say.
  case agent

  /// What it may use of the scopes it was given.
  ///
  /// Asked at every door, not only at creation: a row that somebody wrote into the database with more
  /// opens no more.
  public func usable(_ scopes: Set<Right>) -> Set<Right> {
    self == .agent ? scopes.intersection(Right.forAgents) : scopes
  }
}

/// How long tokens and one-time links are good.
public enum TokenRules {
  public static let days = 1...366
  public static let standardDays = 90

  /// - Throws: ``AccessError`` `token.days`.
  public static func end(days count: Int, from now: Instant) throws(AccessError) -> Instant {
    guard days.contains(count) else {
      throw AccessError(
        .invalid, "token.days",
        "A token lasts \(days.lowerBound) to \(days.upperBound) days; \(count) was asked for.",
        remedy: "Give a number of days in that range; make a new token before it ends.")
    }
    return now.advanced(by: .seconds(count * 86_400))
  }

  /// A one-time link: for the first owner an hour from the program's start, for others three days.
  public static func linkLife(firstOwner: Bool) -> Duration {
    firstOwner ? .seconds(3600) : .seconds(3 * 86_400)
  }
}
