import ActionProtocol
import Decisions

/// How people look at consents, record them and withdraw them.
public struct Consents: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// What a person wants recorded.
  public struct Wish: Hashable, Sendable {
    /// A mailbox or a number; nobody consents for a whole domain.
    public var address: SuppressionAddress
    public var basis: ConsentBasis
    public var scope: SuppressionScope
    /// Nil: now.
    public var obtainedAt: Instant?
    /// Nil: not by itself, unless it is implied.
    public var expiresAt: Instant?
    /// Where the proof is, without personal data.
    public var evidence: String?

    public init(
      address: SuppressionAddress, basis: ConsentBasis, scope: SuppressionScope = .all,
      obtainedAt: Instant? = nil, expiresAt: Instant? = nil, evidence: String? = nil
    ) {
      self.address = address
      self.basis = basis
      self.scope = scope
      self.obtainedAt = obtainedAt
      self.expiresAt = expiresAt
      self.evidence = evidence
    }
  }

  /// Those that nobody withdrew, by id, from after one on; ended ones too.
  public func list(
    _ org: OrgID, after id: String? = nil, limit: Int = 200
  ) async throws -> (consents: [Consent], now: Instant) {
    try await context.store.read { (try $0.consents(org, after: id, limit: limit), $0.now) }
  }

  /// All of one address, ended and withdrawn ones too.
  public func list(
    _ org: OrgID, of address: SuppressionAddress
  ) async throws -> (consents: [Consent], now: Instant) {
    try await context.store.read {
      (try $0.consents(org, address.channel, of: address.digest), $0.now)
    }
  }

  /// Records a consent, and lets what waited for a person be looked at again.
  /// - Parameter note: 1 to 1000 characters, kept in the audit trail as personal data.
  /// - Throws: ``DecisionError``: not a person, a domain, given in the future, ended before it began.
  public func add(
    _ org: OrgID, _ wish: Wish, note: String, by author: Author, via: String
  ) async throws -> (consent: Consent, answer: ConsentInsert) {
    try Self.mustBePerson(author)
    guard wish.address.isOnePerson else { throw Self.domain }
    let note = try Approvals.checked(note)
    let entropy = context.entropy
    let result = try await context.store.write { store in
      guard try store.organisation(org) != nil else { throw Approvals.noOrg(org) }
      let obtained = wish.obtainedAt ?? store.now
      guard obtained <= store.now else { throw Self.future(obtained) }
      if let end = wish.expiresAt, end <= obtained { throw Self.ended }
      let consent = Consent(
        org: org, id: entropy.uuid7(store.now), channel: wish.address.channel,
        address: wish.address.digest, basis: wish.basis, scope: wish.scope, obtainedAt: obtained,
        expiresAt: wish.expiresAt, source: via, evidence: wish.evidence, recordedAt: store.now,
        recordedBy: author, addressText: wish.address.text)
      let answer = try ConsentBook(store: store).add(consent, by: author, via: via, note: note)
      if answer == .added { _ = try store.releaseHolds(org, .needsPerson) }
      return (consent, answer)
    }
    await context.wake.ring()
    return result
  }

  /// Takes a consent back. What was recorded stays on record.
  /// - Throws: ``DecisionError``: no such consent, or withdrawn before.
  public func withdraw(
    _ org: OrgID, _ id: String, note: String, by author: Author, via: String
  ) async throws -> Consent {
    let note = try Approvals.checked(note)
    return try await context.store.write { store in
      guard let found = try store.consent(org, id),
        try ConsentBook(store: store).withdraw(found, by: author, via: via, note: note)
      else { throw Self.unknown(id) }
      return try store.consent(org, id) ?? found
    }
  }

  /// An agent's word is no proof of what somebody said.
  static func mustBePerson(_ author: Author) throws {
    guard author.kind == .person else {
      throw DecisionError(
        .forbidden, "consent.not_a_person", "Only a person may record a consent.",
        remedy: "Ask a person to record it with: aiom consent add.")
    }
  }

  private static let domain = DecisionError(
    .invalid, "consent.domain", "A whole domain cannot consent.",
    remedy: "Name a mailbox or a number.")

  private static func future(_ at: Instant) -> DecisionError {
    DecisionError(
      .invalid, "consent.future", "It would have been given at \(at.rfc3339), which is to come.",
      remedy: "Name when it was given: --obtained.")
  }

  private static let ended = DecisionError(
    .invalid, "consent.ended", "It would have ended before it was given.",
    remedy: "Correct --obtained or --expires.")

  private static func unknown(_ id: String) -> DecisionError {
    DecisionError(
      .unknown, "consent.unknown",
      "There is no consent \(id) in this org, or it was withdrawn before.",
      remedy: "List them with: aiom consent list.")
  }
}

extension SuppressionAddress {
  /// Not a whole domain.
  public var isOnePerson: Bool { text.hasPrefix("+") || text.contains("@") }
}
