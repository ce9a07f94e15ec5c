import ActionProtocol
import Decisions
import Insights

/// How people say what customers are not asked for, and take it back.
public struct CollectionHolds: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// What a person wants held.
  public struct Wish: Hashable, Sendable {
    public var subject: Subject
    public var kind: CollectionHold.Kind
    /// The last day on which it binds; of a promise it follows from the promise.
    public var lastDay: LocalDate?
    /// What was promised; nil for every other kind.
    public var promise: PromiseWish?

    public init(
      subject: Subject, kind: CollectionHold.Kind, lastDay: LocalDate? = nil,
      promise: PromiseWish? = nil
    ) {
      self.subject = subject
      self.kind = kind
      self.lastDay = lastDay
      self.promise = promise
    }

    /// Every word of a kind.
    public static let kinds = CollectionHold.Kind.allCases.map(\.rawValue)
    public static let promiseKind = CollectionHold.Kind.promise.rawValue

    /// - Parameter word: a kind, such as `never_remind`; nil for any other word.
    public init?(
      subject: Subject, kind word: String, lastDay: LocalDate?, promise: PromiseWish?
    ) {
      guard let kind = CollectionHold.Kind(rawValue: word) else { return nil }
      self.init(subject: subject, kind: kind, lastDay: lastDay, promise: promise)
    }
  }

  /// What a person names.
  public enum Subject: Hashable, Sendable {
    /// The invoice's number, or its external id.
    case invoice(String)
    /// The customer's number, its external id, or exactly its name.
    case customer(String)
    /// The invoice's record, `account.move`.
    case invoiceRecord(Int64)
    /// The customer's record.
    case partner(PartnerID)
  }

  /// What a customer said.
  public struct PromiseWish: Hashable, Sendable {
    /// Decimal text such as `500.00`, more than zero.
    public var amount: String
    /// Nil: the invoice's, or the org's.
    public var currency: Currency?
    public var due: LocalDate
    /// 0 to 90 days.
    public var graceDays: Int

    public init(amount: String, currency: Currency? = nil, due: LocalDate, graceDays: Int = 0) {
      self.amount = amount
      self.currency = currency
      self.due = due
      self.graceDays = graceDays
    }
  }

  /// Every hold of an org by id, what its promises are worth today, and what the holds are about.
  public func list(_ org: OrgID) async throws -> CollectionHoldList {
    try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      let books = try store.books(org, asOf: organisation.day(store.now))
      var names: [String: String] = [:]
      for hold in books.holds {
        let record = hold.subject.record
        names[hold.id] = try store.record(org, record)?.fields["name"]?.stringValue
      }
      return CollectionHoldList(
        holds: books.holds, names: names, promises: books.promises, today: books.asOf)
    }
  }

  /// Holds something from now on. What waits to ask for it is withdrawn, or drafted anew without it;
  /// whatever is approved and not on its way yet is stopped by the hold itself, in the transaction that
  /// would have let it go.
  /// - Parameter note: 1 to 1000 characters, kept apart and in the audit trail as personal data.
  /// - Returns: the hold, and the actions that it changed.
  /// - Throws: ``DecisionError``: not a person, no such invoice or customer, a day that is over, an
  ///   amount that is none, a pause without an end.
  public func add(
    _ org: OrgID, _ wish: Wish, note: String, by author: Author, via: String
  ) async throws -> (hold: CollectionHold, changed: [ActionID]) {
    try Approvals.mustBePerson(author)
    let note = try Approvals.checked(note)
    let entropy = context.entropy
    let hold = try await context.store.write { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      let draft = try HoldDraft(wish, organisation, store)
      let hold = draft.hold(id: entropy.uuid7(store.now), by: author, note: note)
      try CollectionHoldBook(store: store, organisation: organisation).add(hold, via: via)
      return hold
    }
    return (hold, try await WaitingReminders(context).redraft(in: org, after: hold))
  }

  /// Ends a hold. What it kept back may be proposed again by the next analysis.
  /// - Throws: ``DecisionError``: not a person, no such hold, ended before.
  public func remove(
    _ org: OrgID, _ id: String, note: String, by author: Author, via: String
  ) async throws -> CollectionHold {
    try Approvals.mustBePerson(author)
    let note = try Approvals.checked(note)
    return try await context.store.write { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      guard let found = try store.collectionHold(org, id, asOf: organisation.day(store.now)),
        let ended = try CollectionHoldBook(store: store, organisation: organisation)
          .end(found, by: author, via: via, note: note)
      else { throw Self.unknown(id) }
      return ended
    }
  }

  private static func unknown(_ id: String) -> DecisionError {
    DecisionError(
      .unknown, "hold.unknown", "There is no hold \(id) in this org, or it was ended before.",
      remedy: "List them with: aiom hold list.")
  }
}

/// The holds of an org.
public struct CollectionHoldList: Sendable {
  /// Ended ones too, by id.
  public var holds: [CollectionHold]
  /// The invoice's number or the customer's name, by the hold's id.
  public var names: [String: String]
  public var promises: PromiseReport
  public var today: LocalDate
}

extension CollectionHold.Subject {
  /// The record that it is about.
  var record: RecordReference {
    switch self {
    case .customer(let partner):
      RecordReference(model: AffectedRecords.partnerModel, id: partner.rawValue)
    case .invoice(let id, _): RecordReference(model: "account.move", id: id)
    }
  }
}
