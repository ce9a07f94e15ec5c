import ActionProtocol
import Decisions

/// Who may decide in an org, from the persons and roles in the database.
public struct StoredRoles: RoleDirectory {
  public init() {}

  /// Everybody active whose roles let them decide, with the names of their roles. One author per
  /// person, whatever the channel.
  /// - Returns: nil where the installation has no person yet; then a local login decides.
  public func deciders(
    of org: OrgID, _ store: any StoreReading
  ) throws -> [Author: Set<String>]? {
    guard try store.hasPersons() else { return nil }
    let gate = AccessGate(store)
    let members = Dictionary(grouping: try store.memberships(in: org), by: \.person)
    var deciders: [Author: Set<String>] = [:]
    for (person, roles) in members {
      guard let author = person.author, try gate.rights(of: person, in: org).contains(.decide)
      else {
        continue
      }
      deciders[author] = Set(roles.map(\.role.rawValue))
    }
    return deciders
  }

  /// The person who answers for an agent's token; nil where nobody does.
  public func owner(
    of agent: Author, in org: OrgID, _ store: any StoreReading
  ) throws -> Author? {
    guard agent.kind == .agent else { return nil }
    let name = agent.rawValue.dropFirst("agent:".count)
    return try store.tokens(of: org).first { $0.kind == .agent && $0.name == name }?.person.author
  }
}
