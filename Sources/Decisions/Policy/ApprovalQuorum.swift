import ActionProtocol

/// Who may say yes to a request, and whether enough persons have: the requirement of a policy held
/// against the persons of an organisation.
public struct ApprovalQuorum: Hashable, Sendable {
  /// What the policy asks for.
  public let requirement: PolicyRequirement
  /// Everybody who can decide in the organisation, with their roles; nil while it has no persons, and
  /// then each person of the machine is its owner.
  public let deciders: [Author: Set<String>]?
  /// Roles that are asked besides, because nobody answered for a time.
  public let escalated: Set<String>

  public init(
    _ requirement: PolicyRequirement, deciders: [Author: Set<String>]?,
    escalated: Set<String> = []
  ) {
    self.requirement = requirement
    self.deciders = deciders
    self.escalated = escalated
  }

  /// The roles of an escalation whose time has come.
  public static func escalated(
    _ requirement: PolicyRequirement, asked: Instant, now: Instant
  ) -> Set<String> {
    Set(
      requirement.escalate.filter { asked.advanced(by: $0.after.duration) <= now }.map(\.role))
  }

  /// Whether the organisation has one deciding person, for whom proposing does not forbid approving.
  public var isSinglePerson: Bool { (deciders?.count ?? 1) < 2 }

  /// The roles that a person counts for: the asked ones that the person holds. The owner stands in
  /// where nobody holds a role, and so does a role that was asked after a time without an answer.
  public func roles(of person: Author) -> Set<String> {
    let own = roles(held: person)
    return Set(
      requirement.roles.keys.filter { role in
        own.contains(role) || !own.isDisjoint(with: escalated)
          || own.contains(Self.owner) && !isHeld(role)
      })
  }

  /// How many more persons of each role have to approve; empty when it is enough. Persons who no
  /// longer hold a role do not count, and each person counts once.
  public func missing(after approvals: [Author]) -> [String: Int] {
    let persons = Set(approvals)
    var missing: [String: Int] = [:]
    for (role, needed) in requirement.roles {
      let given = persons.count { roles(of: $0).contains(role) }
      if given < needed { missing[role] = needed - given }
    }
    return missing
  }

  /// Whether refusals end the request: one by anybody, unless the requirement wants several by persons
  /// who could have approved; or so many that those who are left cannot approve it any more.
  public func ends(refusals: [Author], approvals: [Author]) -> Bool {
    let refusing = Set(refusals)
    guard let deciders, requirement.rejections > 1 else { return !refusing.isEmpty }
    if refusing.count(where: { !roles(of: $0).isEmpty }) >= requirement.rejections { return true }
    let open = Set(deciders.keys).subtracting(refusing).union(approvals)
    return !missing(after: Array(open)).isEmpty
  }

  /// The roles of the requirement that the person fills in for as owner or by escalation.
  public func standsIn(_ person: Author) -> Set<String> {
    roles(of: person).subtracting(roles(held: person))
  }

  private static let owner = PolicyRequirement.knownRoles[0]

  private func roles(held person: Author) -> Set<String> {
    guard person.kind == .person else { return [] }
    return deciders.map { $0[person] ?? [] } ?? [Self.owner]
  }

  private func isHeld(_ role: String) -> Bool {
    role == Self.owner || deciders?.values.contains { $0.contains(role) } == true
  }
}
