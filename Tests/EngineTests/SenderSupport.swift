import ActionProtocol
import Addressing
import Decisions
import Engine
import Insights
import Synchronization
import Testing
import TestSupport

extension EngineHouse {
  /// A house with Acme's books and three deals of Acme's: Ann's, Bob's and nobody's. Acme itself is
  /// looked after by Ann.
  static func withDeals(
    configuration: EngineConfiguration = EngineConfiguration()
  ) async throws -> EngineHouse {
    let house = try await EngineHouse(
      drafting: NoDrafting(), window: ("00:00", "24:00", [1, 2, 3, 4, 5, 6, 7]), zone: "UTC",
      configuration: configuration)
    try await house.books([
      .partner(
        PartnerRow(
          externalID: "acme", name: "Acme Corp", email: try EmailAddress("buyer@acmecorp.com"),
          phone: try PhoneNumber(e164: "+16175550123"), country: "US", salesperson: "Ann Lee")),
      .partner(
        PartnerRow(
          externalID: "solo", name: "Solo Ltd", email: try EmailAddress("buyer@solo.example"))),
      deal("ann", of: "acme", by: "Ann Lee"), deal("bob", of: "acme", by: "bob RAY"),
      deal("free", of: "acme", by: nil), deal("lone", of: "solo", by: nil),
    ])
    return house
  }

  private static func deal(_ id: String, of partner: String, by person: String?) -> LedgerRow {
    .deal(
      DealRow(
        externalID: id, name: "Deal \(id)", partner: partner, stage: "New", salesperson: person))
  }

  /// A sender of a salesperson.
  @discardableResult
  func addSender(
    _ id: String = "ann", _ mailbox: String = "Ann Lee <ann@harbor.example>",
    replyTo: String? = nil, sms: String? = nil, of person: String? = "Ann Lee",
    _ purposes: Set<SenderPurpose>? = nil
  ) async throws -> SenderIdentity {
    try await SenderIdentities(context).add(
      org, try #require(SenderID(rawValue: id)),
      SenderIdentities.Wish(
        mailbox: try Mailbox(mailbox), replyTo: try replyTo.map { try Mailbox($0) },
        smsSender: try sms.map { try PhoneNumber(e164: $0) },
        owner: person.map { .salesperson(named: $0) } ?? .organisation, purposes: purposes),
      by: .tester, via: "test")
  }

  /// Says of a sender what the provider would say.
  func mark(_ id: String, _ standing: SenderStanding) async throws {
    let org = org
    try await store.write { store in
      for found in try store.organisation(org)?.identities ?? [] where found.id.rawValue == id {
        var sender = found
        (sender.standing, sender.checkedAt) = (standing, store.now)
        try store.save(sender, org: org)
      }
    }
  }

  /// Proposes a message about a deal, by its number in order of import.
  func proposeMessage(
    _ type: EmailActionType = .followUpOnStaleDeal, deals: [Int64] = [1], from: String? = nil,
    replyTo: String? = nil, key: String = "deal", by author: Author = .tester
  ) async throws -> IntakeOutcome {
    let email = SendEmail(
      to: [try EmailAddress("buyer@acmecorp.com")], from: try from.map { try Mailbox($0) },
      replyTo: try replyTo.map { try Mailbox($0) }, subject: "Your offer",
      bodyText: "How does it stand?")
    let proposal = Proposal(
      orgID: org, operation: .email(type, email), idempotencyKey: IdempotencyKey(rawValue: key),
      expectedEffect: "The customer answers.", reasoning: "The deal stands still.",
      affectedRecords: AffectedRecords(model: "crm.lead", ids: deals))
    return try await Intake(context).submit(proposal, by: author, via: "test")
  }

  /// The same, taken in.
  func pendingMessage(
    _ type: EmailActionType = .followUpOnStaleDeal, deals: [Int64] = [1], from: String? = nil,
    replyTo: String? = nil, key: String = "deal", by author: Author = .tester
  ) async throws -> ActionID {
    let outcome = try await proposeMessage(
      type, deals: deals, from: from, replyTo: replyTo, key: key, by: author)
    guard case .created(let state) = outcome else { throw Refused(outcome: outcome.codesForTest) }
    return state.id
  }

  /// Why the newest revision has its sender.
  func choice(_ id: ActionID) async throws -> SenderChoice? { try await card(id).revision.choice }

  /// The senders over what was sent, in order.
  var sentUnder: [String] {
    channel.calls.map { call in
      switch call.content {
      case .email(_, let sender, _): sender.rawValue
      case .sms(_, let sender): sender?.e164 ?? ""
      }
    }
  }
}

extension SenderID {
  static func test(_ text: String) throws -> SenderID {
    try #require(SenderID(rawValue: text))
  }
}

/// Says of every template that there is none.
struct NoDrafting: MessageDrafting {
  func resolvedLanguage(_ template: String, wanted language: String) -> String { "en" }

  func draft(
    _ template: String, language: String, values: JSONObject
  ) throws(DraftingError) -> DraftedMessage {
    throw DraftingError(code: "template.unknown", template: template, detail: "a test")
  }
}

/// The provider's lists, as a test fills them.
final class ListedSenders: VendorSenders {
  private let state: Mutex<(facts: VendorSenderFacts, asked: Int)>

  init(_ facts: VendorSenderFacts) { state = Mutex((facts, 0)) }

  /// Senders that are verified by themselves, and domains whose records are all found.
  convenience init(senders: [String] = [], domains: [String] = []) {
    self.init(.listing(senders: senders, domains: domains))
  }

  func set(_ facts: VendorSenderFacts) { state.withLock { $0.facts = facts } }

  var asked: Int { state.withLock { $0.asked } }

  func facts() async -> VendorSenderFacts {
    state.withLock { state in
      state.asked += 1
      return state.facts
    }
  }
}

extension VendorSenderFacts {
  static func listing(senders: [String] = [], domains: [String] = []) -> VendorSenderFacts {
    VendorSenderFacts(
      senders: .done(senders.map { VendorSender(address: $0, isVerified: true) }),
      domains: .done(domains.map { VendorDomain.of($0) }))
  }
}

extension VendorDomain {
  static func of(_ name: String, dkim: Bool? = true, returnPath: Bool? = true) -> VendorDomain {
    VendorDomain(
      name: name,
      dkim: VendorRecord(host: "s1._domainkey", target: "dkim.smtp2go.net", isFound: dkim),
      returnPath: VendorRecord(host: "em1", target: "return.smtp2go.net", isFound: returnPath))
  }
}
