import ActionProtocol
import Decisions
import Engine

/// What routes may look at of persons and credentials. It changes nothing, by type.
public struct AccessViews: Sendable {
  private let context: AccessContext

  public init(_ context: AccessContext) { self.context = context }

  /// The orgs in which a caller holds anything, with what.
  func rights(of caller: Principal) async throws -> [OrgID: Set<Right>] {
    try await context.store.read { store in
      let held = try store.organisations().map {
        ($0.id, try AccessGate(store).rights(of: caller, in: $0.id))
      }
      return Dictionary(uniqueKeysWithValues: held.filter { !$0.1.isEmpty })
    }
  }

  func use(ofLink link: String) async throws -> People.LinkUse? {
    try await People(context).use(ofLink: link)
  }

  func person(byEntrance text: String) async throws -> Person? {
    try await SignIn(context).person(byEntrance: text)
  }

  func person(_ id: PersonID) async throws -> PersonCard { try await People(context).show(id) }

  func persons(in org: OrgID) async throws -> [PersonCard] { try await People(context).list(org) }

  func roles(of org: OrgID) async throws -> [Roles.Listed] { try await Roles(context).list(org) }

  func tokens(of org: OrgID) async throws -> [TokenRecord] { try await Tokens(context).list(org) }
}
