import ActionProtocol
import Addressing
import Decisions

/// How people look at an org's senders and change them. Every change has its audit entry in the same
/// transaction, with mailboxes and names as personal data.
public struct SenderIdentities: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Whose messages a sender stands over.
  public enum Owner: Hashable, Sendable {
    /// The org itself.
    case organisation
    /// A user of the embedded ledger, by name: one who is not there yet is entered.
    case salesperson(named: String)
    /// A user of Odoo.
    case user(Salesperson)
  }

  /// What a person wants a sender to be.
  public struct Wish: Hashable, Sendable {
    public var mailbox: Mailbox
    public var replyTo: Mailbox?
    public var smsSender: PhoneNumber?
    public var owner: Owner
    /// Nil: for a salesperson follow-ups and check-ins.
    public var purposes: Set<SenderPurpose>?

    public init(
      mailbox: Mailbox, replyTo: Mailbox? = nil, smsSender: PhoneNumber? = nil,
      owner: Owner = .organisation, purposes: Set<SenderPurpose>? = nil
    ) {
      self.mailbox = mailbox
      self.replyTo = replyTo
      self.smsSender = smsSender
      self.owner = owner
      self.purposes = purposes
    }
  }

  /// What a person wants changed; nil leaves a part as it is.
  public struct Change: Hashable, Sendable {
    public var mailbox: Mailbox?
    /// `.some(nil)` takes it away; so below.
    public var replyTo: Mailbox??
    public var smsSender: PhoneNumber??
    public var owner: Owner?
    public var purposes: Set<SenderPurpose>?

    public init(
      mailbox: Mailbox? = nil, replyTo: Mailbox?? = nil, smsSender: PhoneNumber?? = nil,
      owner: Owner? = nil, purposes: Set<SenderPurpose>? = nil
    ) {
      self.mailbox = mailbox
      self.replyTo = replyTo
      self.smsSender = smsSender
      self.owner = owner
      self.purposes = purposes
    }
  }

  /// Adds a sender. It stands over new proposals from then on; what waits stays as it is.
  /// - Throws: ``DecisionError``: not a person, taken, the example's address, no kind of message.
  public func add(
    _ org: OrgID, _ id: SenderID, _ wish: Wish, by author: Author, via: String
  ) async throws -> SenderIdentity {
    try Approvals.mustBePerson(author)
    return try await context.store.write { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      guard organisation.identity(id) == nil else { throw SenderRefusal.exists(id) }
      let person = try SenderOwner(store: store, org: org).person(wish.owner)
      guard let purposes = wish.purposes ?? person.map({ _ in SenderPurpose.personal }) else {
        throw SenderRefusal.noPurpose
      }
      let sender = SenderIdentity(
        id: id, mailbox: wish.mailbox, replyTo: wish.replyTo, smsSender: wish.smsSender,
        salesperson: person, purposes: purposes, createdAt: store.now)
      try SenderRefusal.check(sender, among: organisation)
      try store.save(sender, org: org)
      try SenderAudit(store: store, org: org).append("sender.added", sender, by: author, via: via)
      return sender
    }
  }

  /// Changes a sender. What waits under it asks again at once, because what was approved is no longer
  /// what would be sent.
  /// - Returns: the sender, and how many actions ask again.
  public func set(
    _ org: OrgID, _ id: SenderID, _ change: Change, by author: Author, via: String
  ) async throws -> (sender: SenderIdentity, asked: Int) {
    try Approvals.mustBePerson(author)
    return try await context.store.write { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      guard let old = organisation.identity(id) else { throw SenderRefusal.unknown(id) }
      var sender = old
      sender.mailbox = change.mailbox ?? old.mailbox
      if let replyTo = change.replyTo { sender.replyTo = replyTo }
      if let smsSender = change.smsSender { sender.smsSender = smsSender }
      if let owner = change.owner {
        sender.salesperson = try SenderOwner(store: store, org: org).person(owner)
      }
      sender.purposes = change.purposes ?? old.purposes
      if sender.mailbox.address != old.mailbox.address {
        (sender.standing, sender.checkedAt) = (.unknown, nil)
      }
      try SenderRefusal.check(sender, among: organisation)
      guard sender != old else { return (old, 0) }
      try store.save(sender, org: org)
      try SenderAudit(store: store, org: org).append(
        "sender.changed", sender, fields: sender.fields(otherThan: old), by: author, via: via)
      return (sender, try SenderAsking(store: store, org: org).askAgain(under: id))
    }
  }

  /// Removes a sender. What waits under it asks again at once, under the name that the rules give now.
  /// - Returns: the sender as it was, and how many actions ask again.
  public func remove(
    _ org: OrgID, _ id: SenderID, by author: Author, via: String
  ) async throws -> (sender: SenderIdentity, asked: Int) {
    try Approvals.mustBePerson(author)
    return try await context.store.write { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      guard let sender = organisation.identity(id), try store.removeSender(id, org: org) else {
        throw SenderRefusal.unknown(id)
      }
      try SenderAudit(store: store, org: org)
        .append("sender.removed", sender, by: author, via: via)
      return (sender, try SenderAsking(store: store, org: org).askAgain(under: id))
    }
  }
}

/// Finds or enters the person that a sender belongs to.
private struct SenderOwner {
  let store: any StoreTransaction
  let org: OrgID

  func person(_ owner: SenderIdentities.Owner) throws -> Salesperson? {
    switch owner {
    case .organisation: return nil
    case .salesperson(let name):
      let id = try store.ledgerUser(named: name, org: org)
      return Salesperson(userID: id, name: try store.ledgerUser(org, id) ?? name)
    case .user(let person):
      let known = try store.ledgerUser(org, person.userID)
      if let known, known.lowercased() != person.name.lowercased() {
        throw SenderRefusal.otherUser(person.userID, known)
      }
      return person
    }
  }
}

extension SenderIdentity {
  /// The names of what differs, for the audit trail.
  fileprivate func fields(otherThan old: SenderIdentity) -> [String] {
    var fields: [String] = []
    if mailbox != old.mailbox { fields.append("mailbox") }
    if replyTo != old.replyTo { fields.append("reply_to") }
    if smsSender != old.smsSender { fields.append("sms_sender") }
    if salesperson != old.salesperson { fields.append("salesperson") }
    if purposes != old.purposes { fields.append("kinds") }
    return fields
  }
}
