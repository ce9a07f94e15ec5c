/// Who may give what to whom: nobody can raise themselves, and no org loses its last owner.
public enum Granting {
  /// Whether somebody may give, change or take rights.
  /// - Parameters:
  ///   - rights: what the role or token holds that is given or taken away.
  ///   - held: what the person who does it holds in the same org.
  /// - Throws: ``AccessError`` `grant.beyond` naming what they lack.
  public static func check(_ rights: Set<Right>, by held: Set<Right>) throws(AccessError) {
    let beyond = rights.subtracting(held)
    guard !beyond.isEmpty else { return }
    throw AccessError(
      .forbidden, "grant.beyond",
      "Nobody can give or take what they do not hold themselves: \(Right.words(beyond)).",
      remedy: "Ask an owner of the organisation, or leave these rights out.")
  }

  /// INVARIANT: no agent's credential holds a right that needs a person.
  /// - Throws: ``AccessError`` `token.deciding_scope` naming the scopes.
  public static func checkAgent(_ scopes: Set<Right>) throws(AccessError) {
    let deciding = scopes.filter(\.needsPerson)
    guard !deciding.isEmpty else { return }
    throw AccessError(
      .forbidden, "token.deciding_scope",
      "An agent's token cannot hold \(Right.words(deciding)): that needs a person.",
      remedy: "Give it only \(Right.words(Right.forAgents)).")
  }

  /// Whether a change leaves somebody who can do everything in the org.
  /// - Parameter owners: those who are active owners afterwards.
  /// - Throws: ``AccessError`` `person.last_owner`.
  public static func checkOwners(_ owners: Int, org: String) throws(AccessError) {
    guard owners == 0 else { return }
    throw AccessError(
      .conflict, "person.last_owner", "\(org) would have no owner left.",
      remedy: "Make somebody else an owner first: aiom person role NAME --add owner.")
  }
}
