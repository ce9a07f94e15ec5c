import ActionProtocol
import Addressing

/// A record of which the ledger needs hardly more than the name. Ids are the source's own.
public struct SyncedName: Hashable, Sendable {
  public var id: Int64
  public var name: String
  /// Of a deal's stage: reaching it wins the deal.
  public var isWon: Bool

  public init(id: Int64, name: String, isWon: Bool = false) {
    self.id = id
    self.name = name
    self.isWon = isWon
  }
}

/// A customer, or a person or address of one.
public struct SyncedPartner: Hashable, Sendable {
  public var id: Int64
  /// The customer that it belongs to; nil: it is one itself.
  public var parent: Int64?
  public var name: String
  public var email: EmailAddress?
  public var phone: PhoneNumber?
  /// ISO 3166-1 alpha-2.
  public var country: String?
  /// IANA zone name.
  public var zone: String?
  /// Language tag such as `de` or `pt-BR`.
  public var language: String?
  /// `billing` where invoices go to it.
  public var role: String?
  /// Who looks after it.
  public var user: Int64?
  public var isActive: Bool
  public var isBlacklisted: Bool
  public var neverRemind: Bool
  /// All its invoices are disputed.
  public var isDisputed: Bool

  public init(
    id: Int64, parent: Int64? = nil, name: String, email: EmailAddress? = nil,
    phone: PhoneNumber? = nil, country: String? = nil, zone: String? = nil,
    language: String? = nil, role: String? = nil, user: Int64? = nil, isActive: Bool = true,
    isBlacklisted: Bool = false, neverRemind: Bool = false, isDisputed: Bool = false
  ) {
    self.id = id
    self.parent = parent
    self.name = name
    self.email = email
    self.phone = phone
    self.country = country
    self.zone = zone
    self.language = language
    self.role = role
    self.user = user
    self.isActive = isActive
    self.isBlacklisted = isBlacklisted
    self.neverRemind = neverRemind
    self.isDisputed = isDisputed
  }
}

/// A customer invoice.
public struct SyncedInvoice: Hashable, Sendable {
  public var id: Int64
  public var number: String
  /// The top-level customer.
  public var partner: Int64
  public var company: Int64?
  public var issuedOn: LocalDate?
  public var dueOn: LocalDate?
  public var total: Money
  /// What is open as of the reading.
  public var open: Money
  public var state: InvoiceRow.State
  /// The source's own word, such as `in_payment`.
  public var paymentState: String?
  public var isDisputed: Bool

  public init(
    id: Int64, number: String, partner: Int64, company: Int64? = nil, issuedOn: LocalDate? = nil,
    dueOn: LocalDate? = nil, total: Money, open: Money, state: InvoiceRow.State = .posted,
    paymentState: String? = nil, isDisputed: Bool = false
  ) {
    self.id = id
    self.number = number
    self.partner = partner
    self.company = company
    self.issuedOn = issuedOn
    self.dueOn = dueOn
    self.total = total
    self.open = open
    self.state = state
    self.paymentState = paymentState
    self.isDisputed = isDisputed
  }
}

/// What a customer has to its credit and no invoice claims yet: of a credit note or a payment what is
/// left of it.
public struct SyncedCredit: Hashable, Sendable {
  public enum Source: String, Hashable, Sendable { case credit, payment }

  public var source: Source
  /// Unique within its source.
  public var id: Int64
  public var partner: Int64
  /// In the customer's favour; zero: nothing is left, and the ledger forgets it.
  public var amount: Money
  public var on: LocalDate

  public init(source: Source, id: Int64, partner: Int64, amount: Money, on: LocalDate) {
    self.source = source
    self.id = id
    self.partner = partner
    self.amount = amount
    self.on = on
  }
}

/// A sales opportunity.
public struct SyncedDeal: Hashable, Sendable {
  public var id: Int64
  public var name: String
  public var partner: Int64?
  public var stage: Int64
  /// When it came to its stage, by the source's own word; nil: unknown.
  public var stageSince: Instant?
  public var company: Int64?
  public var value: Money?
  public var closesOn: LocalDate?
  public var activeOn: LocalDate?
  public var state: DealRow.State
  public var user: Int64?
  public var openedOn: LocalDate?
  /// When it was won or lost.
  public var closedOn: LocalDate?

  public init(
    id: Int64, name: String, partner: Int64? = nil, stage: Int64, stageSince: Instant? = nil,
    company: Int64? = nil, value: Money? = nil, closesOn: LocalDate? = nil,
    activeOn: LocalDate? = nil, state: DealRow.State = .open, user: Int64? = nil,
    openedOn: LocalDate? = nil, closedOn: LocalDate? = nil
  ) {
    self.openedOn = openedOn
    self.closedOn = closedOn
    self.id = id
    self.name = name
    self.partner = partner
    self.stage = stage
    self.stageSince = stageSince
    self.company = company
    self.value = value
    self.closesOn = closesOn
    self.activeOn = activeOn
    self.state = state
    self.user = user
  }
}

/// A task of the company's own people.
public struct SyncedTask: Hashable, Sendable {
  public var id: Int64
  public var name: String
  public var project: Int64
  public var stage: Int64
  public var dueOn: LocalDate?
  /// "0" to "3".
  public var priority: String
  public var partner: Int64?
  public var user: Int64?
  public var isDone: Bool

  public init(
    id: Int64, name: String, project: Int64, stage: Int64, dueOn: LocalDate? = nil,
    priority: String = "0", partner: Int64? = nil, user: Int64? = nil, isDone: Bool = false
  ) {
    self.id = id
    self.name = name
    self.project = project
    self.stage = stage
    self.dueOn = dueOn
    self.priority = priority
    self.partner = partner
    self.user = user
    self.isDone = isDone
  }
}

/// That somebody from outside wrote; not what.
public struct SyncedMessage: Hashable, Sendable {
  public var id: Int64
  /// What it was written on.
  public var record: RecordReference
  /// Who wrote, where the source knows the person.
  public var author: Int64?
  /// When the source received it.
  public var at: Instant
  /// A machine's answer: out of office, a bounce.
  public var isAutomatic: Bool

  public init(
    id: Int64, record: RecordReference, author: Int64?, at: Instant, isAutomatic: Bool
  ) {
    self.id = id
    self.record = record
    self.author = author
    self.at = at
    self.isAutomatic = isAutomatic
  }
}

/// A record as the source tells it.
public enum SyncedRow: Hashable, Sendable {
  /// Of one of the small kinds.
  case name(SyncKind, SyncedName)
  case partner(SyncedPartner)
  case invoice(SyncedInvoice)
  case credit(SyncedCredit)
  case deal(SyncedDeal)
  case task(SyncedTask)
  case message(SyncedMessage)
}
