import ActionProtocol
import Decisions
import Engine

/// What routes may look at of persons and credentials. It changes nothing, by type.
public struct AccessViews: Sendable {
  private let context: AccessContext

  public init(_ context: AccessContext) { self.context = context }

  /// The orgs in which a caller holds anything, with what.
  func rights(of caller: Principal) async throws -> [OrgID: Set<Right>] {
    try await rightsEverywhere(of: caller).filter { !$0.value.isEmpty }
  }

  /// What a caller holds in each org there is, nothing included.
  func rightsEverywhere(of caller: Principal) async throws -> [OrgID: Set<Right>] {
    try await context.store.read { try AccessGate($0).rights(of: caller) }
  }

  /// Who of those that were let in may look on.
  func stillLooking(_ all: Set<Standing>) async throws -> Set<Standing> {
    try await SignIn(context).stillLooking(all)
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
