import ActionProtocol
import Decisions

/// Roles of an org's own, beside the five that every org has.
public struct Roles: Sendable {
  let context: AccessContext

  public init(_ context: AccessContext) { self.context = context }

  public struct Listed: Hashable, Sendable {
    public let name: RoleName
    public let rights: Set<Right>
    public let isBuiltIn: Bool
    /// How many persons have it.
    public let holders: Int
  }

  /// The five, then the org's own by name.
  public func list(_ org: OrgID) async throws -> [Listed] {
    try await context.store.read { store in
      let members = try store.memberships(in: org)
      let builtIn = RoleName.builtIn.map { ($0, $0.builtInRights ?? [], true) }
      let own = try store.roles(of: org).map { ($0.name, $0.rights, false) }
      return (builtIn + own).map { name, rights, isBuiltIn in
        Listed(
          name: name, rights: rights, isBuiltIn: isBuiltIn,
          holders: members.filter { $0.role == name }.count)
      }
    }
  }

  /// Adds a role, or changes what one may do: at once, for everybody who has it.
  /// - Throws: ``AccessError``: one of the five, beyond one's own rights.
  public func save(
    _ name: RoleName, rights: Set<Right>, in org: OrgID, by caller: Principal, via: String
  ) async throws {
    try await context.store.write { store in
      let permit = try AccessGate(store).permit(.people, in: org, for: caller)
      guard name.builtInRights == nil else { throw Self.fixed(name) }
      let old = try store.roles(of: org).first { $0.name == name }
      let held = try AccessGate(store).rights(of: caller, in: org)
      try Granting.check(rights.union(old?.rights ?? []), by: held)
      try Self.append(
        old == nil ? "role.added" : "role.changed", name, rights, old, permit, org, via, store)
      try store.save(
        RoleRecord(
          org: org, name: name, rights: rights, createdAt: old?.createdAt ?? store.now))
    }
  }

  /// - Throws: ``AccessError``: one of the five, unknown, somebody has it.
  public func remove(_ name: RoleName, in org: OrgID, by caller: Principal, via: String)
    async throws
  {
    try await context.store.write { store in
      let permit = try AccessGate(store).permit(.people, in: org, for: caller)
      guard name.builtInRights == nil else { throw Self.fixed(name) }
      let rights = try People.rights(of: name, in: org, store)
      try Granting.check(rights, by: AccessGate(store).rights(of: caller, in: org))
      try Self.append("role.removed", name, rights, nil, permit, org, via, store)
      let holders = try store.memberships(in: org).filter { $0.role == name }.map(\.person.rawValue)
      guard holders.isEmpty else {
        throw AccessError(
          .conflict, "role.in_use",
          "\(name.rawValue) belongs to \(holders.joined(separator: ", ")).",
          remedy: "Take it from them first: aiom person role NAME --remove \(name.rawValue).")
      }
      try store.removeRole(org, name)
    }
  }

  private static func append(
    _ kind: String, _ name: RoleName, _ rights: Set<Right>, _ old: RoleRecord?, _ permit: Permit,
    _ org: OrgID, _ via: String, _ store: any StoreTransaction
  ) throws {
    var details: JSONObject = ["rights": .string(Right.words(rights))]
    if let old { details["before"] = .string(Right.words(old.rights)) }
    try AccessBook(store: store).append(
      kind, "role:\(name.rawValue)", by: permit.author, via: via, in: [org], details: details)
  }

  private static func fixed(_ name: RoleName) -> AccessError {
    AccessError(
      .invalid, "role.built_in", "\(name.rawValue) is the same in every organisation.",
      remedy: "Add a role of your own under another name.")
  }
}
