import ActionProtocol
import Addressing
import Decisions

/// Who stands as sender over a message.
///
/// The rules, in order: the sender that the proposal names, if it is one of the org's; the own one of
/// the record's salesperson, for the kinds that it stands over; the org's for this kind; the one in the
/// org's settings. A sender that the provider would refuse is passed over. What is chosen is chosen when a
/// revision is made, and stays that revision's: afterwards it is only compared.
enum Senders {
  /// Chooses the sender of a new revision.
  /// - Parameter author: who proposed the action.
  static func choose(
    _ proposal: Proposal, by author: Author, _ organisation: Organisation,
    _ store: any StoreReading
  ) throws -> ChosenSender {
    guard let need = SenderNeed(proposal, by: author) else { return ChosenSender() }
    if let from = need.from { return named(from, need, organisation) }
    guard !organisation.identities.isEmpty else {
      return need.sender(of: organisation, because: nil)
    }
    let own = organisation.identities.filter { need.isMet(by: $0) && $0.salesperson != nil }
    if SenderPurpose.personal.contains(need.purpose) || !own.isEmpty {
      let found = try RecordSalesperson(store: store, org: organisation.id)
        .find(proposal.affectedRecords)
      switch found {
      case .one(let person):
        let identity = own.first { $0.salesperson?.userID == person.userID }
        if let identity, identity.isUsable {
          return need.sender(
            identity,
            because: SenderChoice(
              .salesperson, sender: identity.id, salesperson: person.name), organisation)
        }
        let reason: SenderReason = identity == nil ? .salespersonWithoutSender : .unverified
        return orgs(need, SenderChoice(reason, salesperson: person.name), organisation)
      case .several: return orgs(need, SenderChoice(.severalSalespeople), organisation)
      case .none: return orgs(need, SenderChoice(.noSalesperson), organisation)
      }
    }
    return orgs(need, nil, organisation)
  }

  /// The org's sender for the kind, else the one in its settings.
  /// - Parameter passed: why it is not a salesperson's own; nil: this kind is nobody's own.
  private static func orgs(
    _ need: SenderNeed, _ passed: SenderChoice?, _ organisation: Organisation
  ) -> ChosenSender {
    let identity = organisation.identities.first {
      need.isMet(by: $0) && $0.salesperson == nil
    }
    if let identity, identity.isUsable {
      var choice = passed ?? SenderChoice(.orgKind)
      choice.sender = identity.id
      return need.sender(identity, because: choice, organisation)
    }
    let choice = passed ?? SenderChoice(identity == nil ? .orgDefault : .unverified)
    return need.sender(of: organisation, because: choice)
  }

  private static func named(
    _ from: Mailbox, _ need: SenderNeed, _ organisation: Organisation
  ) -> ChosenSender {
    switch organisation.sender(named: from) {
    case .settings?:
      return need.sender(of: organisation, because: SenderChoice(.named))
    case .identity(let identity)?:
      return need.sender(
        identity, because: SenderChoice(.named, sender: identity.id), organisation)
    case nil:
      return ChosenSender(
        mailbox: from, replyTo: need.replyTo, choice: SenderChoice(.named))
    }
  }

  /// The sender of a stored revision as it would stand over the message now, and why it may not.
  ///
  /// Another mailbox or answer address than the revision's gives another digest, and with it no
  /// approval; a sender that is gone or refused is a problem of its own.
  static func bound(
    _ record: RevisionRecord, _ proposal: Proposal, by author: Author,
    _ organisation: Organisation
  ) -> (sender: ChosenSender, problem: SenderProblem?) {
    guard let need = SenderNeed(proposal, by: author) else { return (ChosenSender(), nil) }
    if let from = need.from {
      let sender = named(from, need, organisation)
      return (sender, problem(ofNamed: from, need, organisation))
    }
    guard let id = record.choice?.sender else {
      return (need.sender(of: organisation, because: record.choice), nil)
    }
    guard let identity = organisation.identity(id), need.isMet(by: identity) else {
      return (need.sender(of: organisation, because: record.choice), .withdrawn)
    }
    let sender = need.sender(identity, because: record.choice, organisation)
    return (sender, identity.isUsable ? nil : .unverified)
  }

  private static func problem(
    ofNamed from: Mailbox, _ need: SenderNeed, _ organisation: Organisation
  ) -> SenderProblem? {
    switch organisation.sender(named: from) {
    case .settings?: nil
    case .identity(let identity)? where need.isMet(by: identity):
      identity.isUsable ? nil : .unverified
    case .identity?, nil: .notOwn
    }
  }
}

/// What a message needs of its sender.
struct SenderNeed {
  let purpose: SenderPurpose
  /// The sender that the proposal names.
  let from: Mailbox?
  /// The answer address that the proposal names.
  let replyTo: Mailbox?
  private let isSMS: Bool

  /// Nil where the operation sends no message.
  init?(_ proposal: Proposal, by author: Author) {
    guard let purpose = SenderPurpose(proposal.actionType, by: author) else { return nil }
    self.purpose = purpose
    switch proposal.operation {
    case .email(_, let email): (from, replyTo, isSMS) = (email.from, email.replyTo, false)
    case .sms: (from, replyTo, isSMS) = (nil, nil, true)
    default: return nil
    }
  }

  /// Whether a sender stands over this kind, by this channel.
  func isMet(by identity: SenderIdentity) -> Bool {
    identity.purposes.contains(purpose) && (!isSMS || identity.smsSender != nil)
  }

  func sender(
    _ identity: SenderIdentity, because choice: SenderChoice?, _ organisation: Organisation
  ) -> ChosenSender {
    guard !isSMS else { return ChosenSender(smsSender: identity.smsSender, choice: choice) }
    return ChosenSender(
      mailbox: identity.mailbox, replyTo: replyTo ?? identity.replyTo, choice: choice)
  }

  func sender(of organisation: Organisation, because choice: SenderChoice?) -> ChosenSender {
    guard !isSMS else { return ChosenSender(smsSender: organisation.smsSender, choice: choice) }
    return ChosenSender(
      mailbox: organisation.sender, replyTo: replyTo ?? organisation.replyTo, choice: choice)
  }
}

/// One of an org's senders, by the name that a proposal gives.
enum NamedSender: Hashable, Sendable {
  /// The one in its settings.
  case settings
  case identity(SenderIdentity)
}

extension Organisation {
  public func identity(_ id: SenderID) -> SenderIdentity? { identities.first { $0.id == id } }

  /// The sender that a mailbox names: the same address, with the same name or none. An address without
  /// a name that several senders share names none of them.
  func sender(named from: Mailbox) -> NamedSender? {
    if let sender, Self.names(from, sender) { return .settings }
    let matching = identities.filter { Self.names(from, $0.mailbox) }
    return matching.count == 1 ? matching.first.map(NamedSender.identity) : nil
  }

  private static func names(_ from: Mailbox, _ mailbox: Mailbox) -> Bool {
    from.address == mailbox.address && (from.name == nil || from.name == mailbox.name)
  }
}
