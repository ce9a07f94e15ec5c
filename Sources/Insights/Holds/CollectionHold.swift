import ActionProtocol

/// A person's word that nothing is asked for now: of one invoice, or of everything a customer owes.
///
/// It binds from the day it was set to its last day, that day included, or until somebody ends it.
public struct CollectionHold: Hashable, Sendable {
  /// Why nothing is asked for.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// The customer objects.
    case dispute
    /// The customer named a day and an amount.
    case promise
    /// Until a day.
    case pause
    /// For good.
    case neverRemind = "never_remind"
    /// Somebody of the company speaks with the customer.
    case ownerHandles = "owner_handles"
  }

  /// What is not asked for.
  public enum Subject: Hashable, Sendable {
    /// Everything that the customer owes.
    case customer(PartnerID)
    /// One `account.move`; the others go on.
    case invoice(Int64, of: PartnerID)

    public var partner: PartnerID {
      switch self {
      case .customer(let partner), .invoice(_, of: let partner): partner
      }
    }

    public var invoice: Int64? {
      if case .invoice(let id, _) = self { id } else { nil }
    }
  }

  public var id: String
  public var subject: Subject
  public var kind: Kind
  /// The day in the company's zone on which it was set.
  public var madeOn: LocalDate
  /// The last day on which it binds; nil: until somebody ends it.
  public var lastDay: LocalDate?
  /// The day on which somebody ended it; it binds on that day no more.
  public var endedOn: LocalDate?
  /// Of a promise, and of nothing else.
  public var promise: PromiseToPay?
  public var setBy: Author
  /// A person's words; nil where they were erased.
  public var note: String?

  public init(
    id: String, subject: Subject, kind: Kind, madeOn: LocalDate, lastDay: LocalDate? = nil,
    endedOn: LocalDate? = nil, promise: PromiseToPay? = nil, setBy: Author, note: String? = nil
  ) {
    self.id = id
    self.subject = subject
    self.kind = kind
    self.madeOn = madeOn
    self.lastDay = lastDay
    self.endedOn = endedOn
    self.promise = promise
    self.setBy = setBy
    self.note = note
  }

  /// Whether it binds on a day.
  public func binds(on day: LocalDate) -> Bool {
    madeOn <= day && (endedOn.map { day < $0 } ?? true) && (lastDay.map { day <= $0 } ?? true)
  }
}

extension CollectionHold {
  /// For codes: `collection_hold.dispute`.
  public var code: String { "collection_hold.\(kind.rawValue)" }

  /// One sentence for the company's own people: why, until when, who, and their words.
  public var explanation: String {
    var text = "On hold: \(reason), \(end); set by \(setBy.rawValue) on \(madeOn.iso)"
    if let note { text += ": \(Wording.short(note, 300))" }
    return text.last.map { ".!?…".contains($0) } == true ? text : text + "."
  }

  /// `promise until 2026-02-01`, for lists.
  var inShort: String {
    kind.rawValue.replacing("_", with: " ") + (lastDay.map { " until \($0.iso)" } ?? "")
  }

  private var reason: String {
    switch kind {
    case .dispute: "disputed by the customer"
    case .promise:
      promise.map { "\(Wording.plain($0.amount)) promised by \($0.due.iso)" } ?? "promise to pay"
    case .pause: "paused"
    case .neverRemind: "never remind"
    case .ownerHandles: "the owner handles it"
    }
  }

  private var end: String { lastDay.map { "until \($0.iso)" } ?? "until somebody ends it" }
}
