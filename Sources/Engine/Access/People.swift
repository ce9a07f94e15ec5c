import ActionProtocol
import Addressing
import Decisions

/// Who is to be added.
public struct NewPerson: Sendable {
  public var id: PersonID
  /// 1 to 200 characters; personal data.
  public var name: String
  public var email: EmailAddress?
  public var phone: PhoneNumber?

  public init(
    id: PersonID, name: String, email: EmailAddress? = nil, phone: PhoneNumber? = nil
  ) {
    self.id = id
    self.name = name
    self.email = email
    self.phone = phone
  }

  /// The same with address and number as they were written.
  /// - Throws: ``AccessError`` with what is wrong with them.
  public init(
    id: PersonID, name: String, emailText: String?, phoneText: String? = nil
  ) throws(AccessError) {
    self.init(
      id: id, name: name, email: try PersonContact.email(emailText),
      phone: try PersonContact.phone(phoneText))
  }

  /// What a password must not be made of.
  var words: [String] {
    [id.rawValue, email?.rawValue].compactMap { $0 }
      + name.split(separator: " ").map(String.init)
  }

  func checked() throws -> NewPerson {
    let isLine = name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    guard (1...200).contains(name.unicodeScalars.count), isLine else {
      throw AccessError(
        .invalid, "person.name", "The name must have 1 to 200 characters, in one line.",
        remedy: "Give the name that colleagues know the person by.")
    }
    return self
  }
}

/// A person with what they are in an org.
public struct PersonCard: Sendable {
  public let person: Person
  /// By org.
  public let roles: [OrgID: [RoleName]]
  public let hasPassword: Bool
  public let hasCodes: Bool
  public let passkeys: [PasskeyRecord]
  public let sessions: Int
}

/// Persons and their roles. Every change is one transaction with its audit entry, and is allowed by
/// ``AccessGate`` inside it.
public struct People: Sendable {
  let context: AccessContext

  public init(_ context: AccessContext) { self.context = context }

  // MARK: - Looking

  /// Whether there is anybody; until there is, a local login decides.
  public func isEmpty() async throws -> Bool {
    try await context.store.read { try !$0.hasPersons() }
  }

  /// Those with a role in the org.
  public func list(_ org: OrgID) async throws -> [PersonCard] {
    try await context.store.read { store in
      let ids = Set(try store.memberships(in: org).map(\.person)).sorted()
      return try ids.compactMap { try Self.card($0, store) }
    }
  }

  public func show(_ id: PersonID) async throws -> PersonCard {
    try await context.store.read { store in
      guard let card = try Self.card(id, store) else { throw Self.unknown(id) }
      return card
    }
  }

  /// The same, of somebody with a role in the org: others are another org's business.
  public func show(_ id: PersonID, in org: OrgID) async throws -> PersonCard {
    let card = try await show(id)
    guard card.roles[org] != nil else { throw Self.unknown(id) }
    return card
  }

  private static func card(_ id: PersonID, _ store: any StoreReading) throws -> PersonCard? {
    guard let person = try store.person(id) else { return nil }
    let sessions = try store.sessions(of: id).filter {
      SessionRules.standard($0.place).isLive(
        created: $0.createdAt, seen: $0.seenAt, now: store.now)
    }
    return PersonCard(
      person: person,
      roles: Dictionary(grouping: try store.memberships(of: id), by: \.org)
        .mapValues { $0.map(\.role) },
      hasPassword: try store.password(of: id) != nil,
      hasCodes: try store.codeKey(of: id)?.confirmedAt != nil,
      passkeys: try store.passkeys(of: id), sessions: sessions.count)
  }

  static func unknown(_ id: PersonID) -> AccessError {
    AccessError(
      .unknown, "person.unknown", "There is no person \(id.rawValue) here.",
      remedy: "List them with: aiom person list.")
  }

  // MARK: - Adding

  /// Adds a person with roles in an org. The first person of an installation becomes the owner of every
  /// org, and from then on every decision needs a person's credential.
  /// - Parameter password: nil: a link is made by which they set one themselves.
  /// - Returns: the link's secret, where one was made.
  /// - Throws: ``AccessError``.
  public func add(
    _ wanted: NewPerson, roles: Set<RoleName>, in org: OrgID, password: String?,
    by caller: Principal,
    via: String
  ) async throws -> String? {
    let wanted = try wanted.checked()
    if let password { try PasswordRules.check(password, words: wanted.words) }
    let record = try await hashed(password)
    let secret = AccessSecret.make(.link, context.entropy)
    return try await context.store.write { store in
      let permit = try AccessGate(store).permit(.people, in: org, for: caller)
      try Self.insert(wanted, roles: roles, in: org, permit, caller, via, store)
      if var record {
        record.changedAt = store.now
        try store.save(record, of: wanted.id)
        return nil
      }
      try store.replaceLink(
        LinkRecord(
          digest: secret.digest, person: wanted.id, createdAt: store.now,
          expiresAt: store.now.advanced(by: TokenRules.linkLife(firstOwner: false))))
      return secret.text
    }
  }

  private static func insert(
    _ wanted: NewPerson, roles: Set<RoleName>, in org: OrgID, _ permit: Permit, _ caller: Principal,
    _ via: String, _ store: any StoreTransaction
  ) throws {
    let orgs = caller.credential == .local ? try store.organisations().map(\.id) : [org]
    try AccessBook(store: store).append(
      "person.added", wanted.id, by: permit.author, via: via, in: orgs,
      details: ["roles": .array(roles.sorted().map { .string($0.rawValue) })],
      personal: wanted.personal)
    guard try store.person(wanted.id) == nil else { throw taken(wanted.id) }
    if caller.credential == .local {
      guard try !store.hasPersons() else { throw AccessError.signInNeeded }
      guard roles == [.owner] else { throw firstIsOwner }
    }
    let held = try AccessGate(store).rights(of: caller, in: org)
    for role in roles { try Granting.check(Self.rights(of: role, in: org, store), by: held) }
    try store.save(
      Person(
        id: wanted.id, name: wanted.name, email: wanted.email, phone: wanted.phone,
        createdAt: store.now))
    for org in orgs {
      for role in roles {
        _ = try store.add(Membership(org: org, person: wanted.id, role: role))
      }
    }
  }

  static func taken(_ id: PersonID) -> AccessError {
    AccessError(
      .conflict, "person.taken", "There is a person \(id.rawValue) already.",
      remedy: "Take another short name; give this one a role with: aiom person role.")
  }

  private static let firstIsOwner = AccessError(
    .invalid, "person.first_owner", "The first person becomes the owner.",
    remedy: "Add the owner first: aiom person add NAME --role owner.")

  func hashed(_ password: String?) async throws -> PasswordRecord? {
    guard let password else { return nil }
    let now = Instant(milliseconds: 0)
    return try await Passwords(context: context).record(password, now: now)
  }

  /// - Throws: ``AccessError`` `role.unknown`.
  static func rights(
    of role: RoleName, in org: OrgID, _ store: any StoreReading
  ) throws -> Set<Right> {
    if let rights = role.builtInRights { return rights }
    guard let own = try store.roles(of: org).first(where: { $0.name == role }) else {
      throw AccessError(
        .unknown, "role.unknown", "There is no role \(role.rawValue) in \(org.rawValue).",
        remedy: "List them with: aiom role list.")
    }
    return own.rights
  }
}

extension NewPerson {
  var personal: [String: [UInt8]] {
    var personal = ["name": Array(name.utf8)]
    if let email { personal["email"] = Array(email.rawValue.utf8) }
    if let phone { personal["phone"] = Array(phone.e164.utf8) }
    return personal
  }
}
