import ActionProtocol
import Decisions

/// Who stands before a door, by the credential that was shown. Made by ``SignIn`` alone, but for the
/// local login of an installation without persons.
public struct Principal: Hashable, Sendable {
  public enum Credential: Hashable, Sendable {
    /// Whoever runs the program. Good as long as the installation has no person.
    case local
    case session(Digest)
    case token(OrgID, id: String)
  }

  /// Who stands in records: `person:ann`, `agent:dunning`, `person:local:ann`.
  public let author: Author
  public let credential: Credential
  /// The person, or who answers for the agent; nil for a local login.
  public let person: PersonID?
  /// What of the person's rights the credential may use; nil: all.
  let scopes: Set<Right>?

  /// INVARIANT: an agent's caller has scopes, and none of them needs a person.
  init(
    author: Author, credential: Credential, person: PersonID?, scopes: Set<Right>?
  ) {
    self.author = author
    self.credential = credential
    self.person = person
    self.scopes =
      author.kind == .person ? scopes : (scopes ?? []).intersection(Right.forAgents)
  }

  /// Whoever runs the program, before there is a person.
  public static func local(_ author: Author) -> Principal {
    Principal(author: author, credential: .local, person: nil, scopes: nil)
  }

  public var isAgent: Bool { author.kind == .agent }

  /// The only org that a token opens; nil for the others.
  public var org: OrgID? {
    if case .token(let org, _) = credential { org } else { nil }
  }
}

/// Proof that somebody holds a right in an org. Only ``AccessGate`` makes one: there is no way from an
/// agent's credential to a permit for a right that needs a person.
public struct Permit: Hashable, Sendable {
  public let author: Author
  public let right: Right
  /// Nil: in every org.
  public let org: OrgID?

  fileprivate init(author: Author, right: Right, org: OrgID?) {
    self.author = author
    self.right = right
    self.org = org
  }
}

/// Answers whether a caller holds a right: the one place for the command line, HTTP and every service
/// of persons and credentials. Inside a transaction, so that what it says holds for what follows.
public struct AccessGate {
  private let store: any StoreReading

  public init(_ store: any StoreReading) { self.store = store }

  /// What a caller may do in an org now.
  public func rights(of caller: Principal, in org: OrgID) throws -> Set<Right> {
    if caller.credential == .local {
      return try store.hasPersons() ? [] : Set(Right.allCases)
    }
    guard let person = caller.person, caller.org.map({ $0 == org }) ?? true else { return [] }
    let held = try rights(of: person, in: org)
    return caller.scopes.map(held.intersection) ?? held
  }

  /// What a person's roles let them do in an org; nothing where they are disabled.
  public func rights(of person: PersonID, in org: OrgID) throws -> Set<Right> {
    guard let found = try store.person(person), found.isActive else { return [] }
    let own = Dictionary(
      try store.roles(of: org).map { ($0.name, $0.rights) }, uniquingKeysWith: { first, _ in first }
    )
    return try store.memberships(of: person).filter { $0.org == org }
      .reduce(into: []) { $0.formUnion($1.role.builtInRights ?? own[$1.role] ?? []) }
  }

  /// What a caller may do in each org there is, nothing included. Asks for an org's own roles only where
  /// the caller has one of them.
  public func rights(of caller: Principal) throws -> [OrgID: Set<Right>] {
    let orgs = try store.organisationIDs()
    guard caller.credential != .local, let person = caller.person else {
      return Dictionary(uniqueKeysWithValues: try orgs.map { ($0, try rights(of: caller, in: $0)) })
    }
    let isActive = try store.person(person)?.isActive == true
    let roles = isActive ? try store.memberships(of: person) : []
    let held = try orgs.map { org in
      guard caller.org.map({ $0 == org }) ?? true else { return (org, Set<Right>()) }
      let here = roles.filter { $0.org == org }.map(\.role)
      let own = here.allSatisfy { $0.builtInRights != nil } ? [] : try store.roles(of: org)
      let rights = here.reduce(into: Set<Right>()) { all, role in
        all.formUnion(role.builtInRights ?? own.first { $0.name == role }?.rights ?? [])
      }
      return (org, caller.scopes.map(rights.intersection) ?? rights)
    }
    return Dictionary(uniqueKeysWithValues: held)
  }

  /// - Throws: ``AccessError``: not signed in, or without the right in the org.
  public func permit(_ right: Right, in org: OrgID, for caller: Principal) throws -> Permit {
    guard try rights(of: caller, in: org).contains(right) else {
      throw Self.refusal(right, org, caller)
    }
    return Permit(author: caller.author, right: right, org: org)
  }

  /// For what concerns the whole installation: the right in every org there is.
  public func permitEverywhere(_ right: Right, for caller: Principal) throws -> Permit {
    for org in try store.organisations() { _ = try permit(right, in: org.id, for: caller) }
    if caller.credential == .local, try store.hasPersons() { throw AccessError.signInNeeded }
    guard !caller.isAgent || !right.needsPerson else { throw Self.refusal(right, nil, caller) }
    return Permit(author: caller.author, right: right, org: nil)
  }

  /// Whether a caller may change somebody: the right `people` wherever they have a role, and every
  /// right that they have there.
  /// - Returns: the orgs they have a role in.
  @discardableResult
  func permitOver(_ person: PersonID, for caller: Principal) throws -> [OrgID] {
    let orgs = Set(try store.memberships(of: person).map(\.org)).sorted()
    for org in orgs {
      _ = try permit(.people, in: org, for: caller)
      try Granting.check(
        rights(whenActive: person, in: org), by: rights(of: caller, in: org))
    }
    if orgs.isEmpty { _ = try permitEverywhere(.people, for: caller) }
    return orgs
  }

  /// The same for somebody who may be disabled.
  private func rights(whenActive person: PersonID, in org: OrgID) throws -> Set<Right> {
    let own = try store.roles(of: org)
    return try store.memberships(of: person).filter { $0.org == org }.reduce(into: []) { all, one in
      all.formUnion(
        one.role.builtInRights ?? own.first { $0.name == one.role }?.rights ?? [])
    }
  }

  private static func refusal(_ right: Right, _ org: OrgID?, _ caller: Principal) -> AccessError {
    if caller.credential == .local { return .signInNeeded }
    let place = org.map { " in \($0.rawValue)" } ?? " in every organisation"
    if caller.isAgent, right.needsPerson {
      return AccessError(
        .forbidden, "access.needs_person",
        "An agent cannot \(right.meaning): that needs a person.",
        remedy: "Ask a person with the right \(right.rawValue)\(place).")
    }
    return AccessError(
      .forbidden, "access.forbidden",
      "\(caller.author.rawValue) may not \(right.meaning)\(place).",
      remedy: "It needs the right \(right.rawValue): ask an owner for a role that has it, or use a "
        + "credential with that scope.")
  }
}

extension AccessError {
  /// Nobody has shown who they are.
  public static let signInNeeded = AccessError(
    .unauthenticated, "access.sign_in",
    "This needs a person: the installation has persons, and no credential was shown.",
    remedy: "Sign in with `aiom login`, or set AIOM_TOKEN or AIOM_TOKEN_FILE to a token of yours.")
}
