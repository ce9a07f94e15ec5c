import ActionProtocol
import Decisions
import Insights

/// How persons ask for messages and follow-ups: through the same Intake, policy, card and approval as
/// everything else, to addresses that the records hold.
public struct Composer: Sendable {
  private static let mostContacts = 50
  private static let longestWait: Duration = .seconds(366 * 86_400)

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// - Returns: nil where the org has no such customer, or has it no more.
  public func desk(_ org: OrgID, _ customer: PartnerID) async throws -> ComposingDesk? {
    let nonce = context.entropy.uuid7
    return try await context.store.read { store in
      guard let (record, addresses) = try Self.records(org, customer, store) else { return nil }
      return ComposingDesk(customer: record, addresses: addresses, nonce: nonce(store.now))
    }
  }

  /// Proposes what is wished for. The same wish again is the same action.
  /// - Throws: ``DecisionError``: not a person; with the code `compose.FIELD`, what is wrong with a field;
  ///   nothing in the records that the template suits.
  public func propose(
    _ org: OrgID, _ wish: MessageWish, by author: Author, via: String
  ) async throws -> IntakeOutcome {
    let proposal = try await proposal(org, wish, by: author)
    return try await Intake(context).submit(proposal, by: author, via: via)
  }

  /// What ``propose(_:_:by:via:)`` would do; nothing is stored.
  public func preview(
    _ org: OrgID, _ wish: MessageWish, by author: Author, via: String
  ) async throws -> ComposedPreview {
    let proposal = try await proposal(org, wish, by: author)
    let outcomes = try await Intake(context).rehearse([proposal], by: author, via: via)
    guard let outcome = outcomes.first else { throw Approvals.noOrg(org) }
    return try await shown(proposal, wish, outcome, in: org, by: author)
  }

  private func proposal(
    _ org: OrgID, _ wish: MessageWish, by author: Author
  ) async throws -> Proposal {
    try Self.mustBePerson(author)
    let context = context
    return try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      guard let (record, addresses) = try Self.records(org, wish.customer, store) else {
        throw ComposeRefusal.noCustomer
      }
      try Self.check(wish, now: store.now)
      let address = try Self.address(wish, addresses)
      guard wish.template.takesWords, let key = Self.key(org, author, wish.nonce) else {
        return try RecordedDraft(store: store, organisation: organisation, context: context)
          .proposal(wish, record, address)
      }
      return try WordedProposal(
        wish: wish, customer: record, address: address, organisation: organisation, key: key,
        drafting: context.drafting, author: author
      ).proposal()
    }
  }

  private static func records(
    _ org: OrgID, _ customer: PartnerID, _ store: any StoreReading
  ) throws -> (CustomerRecord, [RecordedAddress])? {
    guard let record = try store.customer(org, customer), record.goneAt == nil else { return nil }
    let contacts = try store.contacts(org, of: customer, limit: mostContacts)
    return (record, ([record] + contacts).flatMap(RecordedAddress.all))
  }

  /// What goes to nobody outside needs no address.
  private static func address(
    _ wish: MessageWish, _ addresses: [RecordedAddress]
  ) throws -> RecordedAddress? {
    if wish.deed != .message { return nil }
    guard let found = addresses.first(where: { $0.id == wish.recipient }) else {
      throw ComposeRefusal.recipient(hasAny: !addresses.isEmpty)
    }
    if found.channel == .sms, wish.template != .text { throw ComposeRefusal.smsTemplate }
    return found
  }

  private static func check(_ wish: MessageWish, now: Instant) throws {
    let isName = wish.nonce.utf8.allSatisfy { byte in
      byte.isAlphanumericASCII || byte == UInt8(ascii: "-")
    }
    guard isName, (8...64).contains(wish.nonce.utf8.count) else { throw ComposeRefusal.nonce }
    if let moment = wish.notBefore {
      guard moment > now else { throw ComposeRefusal.past }
      guard now.duration(since: moment) >= .zero - longestWait else { throw ComposeRefusal.tooLate }
      guard wish.template.takesWords else { throw ComposeRefusal.factsOfTheDay }
    } else if wish.deed != .message {
      throw ComposeRefusal.noMoment
    }
    guard wish.template.takesWords else { return }
    let isWritten = wish.text.contains { !$0.isWhitespace }
    guard isWritten else { throw ComposeRefusal.noText }
    let needsSubject = wish.deed != .message || !wish.recipient.hasPrefix("sms-")
    guard !needsSubject || wish.subject.contains(where: { !$0.isWhitespace }) else {
      throw ComposeRefusal.noSubject
    }
    guard !wish.subject.contains(where: \.isNewline), wish.subject.unicodeScalars.count <= 200
    else { throw ComposeRefusal.longSubject }
  }

  private static func key(_ org: OrgID, _ author: Author, _ nonce: String) -> IdempotencyKey? {
    IdempotencyKey(
      rawValue: [org.rawValue, "written", author.rawValue, nonce].joined(separator: ":"))
  }

  private static func mustBePerson(_ author: Author) throws {
    guard author.kind == .person else {
      throw DecisionError(
        .forbidden, "compose.not_a_person", "Only a person asks for a message here.",
        remedy: "Programs propose with POST /api/v1/actions.")
    }
  }

  private func shown(
    _ proposal: Proposal, _ wish: MessageWish, _ outcome: IntakeOutcome, in org: OrgID,
    by author: Author
  ) async throws -> ComposedPreview {
    let recipient = proposal.operation.recipients.first
    switch proposal.operation {
    case .email(_, let email):
      return ComposedPreview(
        subject: email.subject, text: email.bodyText, isHTML: email.bodyHTML != nil,
        recipient: recipient, outcome: outcome)
    case .sms(_, let sms):
      return ComposedPreview(
        subject: nil, text: sms.body, isHTML: false, recipient: recipient, outcome: outcome)
    default:
      guard wish.deed == .message else {
        return ComposedPreview(
          subject: wish.subject, text: wish.text, isHTML: false, recipient: nil, outcome: outcome)
      }
      // What it becomes, as it would read today.
      var now = wish
      now.notBefore = nil
      let message = try await self.proposal(org, now, by: author)
      return try await shown(message, now, outcome, in: org, by: author)
    }
  }
}

extension UInt8 {
  fileprivate var isAlphanumericASCII: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }
}
