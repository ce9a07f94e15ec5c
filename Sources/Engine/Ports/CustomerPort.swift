import ActionProtocol
import Decisions
import Insights

/// What a list of customers is narrowed by.
public struct CustomerFilter: Hashable, Sendable {
  /// A part of the name or the e-mail address, or the whole number; letters of ASCII in any case.
  public var search: String?
  /// Only what comes after this one.
  public var after: CustomerCursor?
  /// 1 to 200.
  public var limit: Int

  public init(search: String? = nil, after: CustomerCursor? = nil, limit: Int = 50) {
    self.search = search
    self.after = after
    self.limit = limit
  }
}

/// Where a page of customers ends.
public struct CustomerCursor: Hashable, Sendable {
  /// The name as the list is ordered: ASCII letters small.
  public var name: String
  public var id: PartnerID

  public init(name: String, id: PartnerID) {
    self.name = name
    self.id = id
  }

  /// `ID.NAME`, opaque to whoever is given it.
  public var text: String { "\(id.rawValue).\(name)" }

  /// Reads what ``text`` writes; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int64(parts[0]), let id = PartnerID(rawValue: number)
    else { return nil }
    self.init(name: String(parts[1]), id: id)
  }
}

/// A customer as the books know it.
public struct CustomerRecord: Hashable, Sendable {
  public var id: PartnerID
  public var name: String
  /// The name as lists are ordered.
  public var sortName: String
  public var email: String?
  public var phone: String?
  public var country: String?
  public var language: String?
  /// The customer that a contact belongs to.
  public var parent: PartnerID?
  public var role: String?
  public var neverRemind: Bool
  public var isDisputed: Bool
  /// Since when the source has it no more.
  public var goneAt: Instant?
  public var asOf: Instant

  public init(
    id: PartnerID, name: String, sortName: String, email: String?, phone: String?,
    country: String?, language: String?, parent: PartnerID?, role: String?, neverRemind: Bool,
    isDisputed: Bool, goneAt: Instant?, asOf: Instant
  ) {
    self.id = id
    self.name = name
    self.sortName = sortName
    self.email = email
    self.phone = phone
    self.country = country
    self.language = language
    self.parent = parent
    self.role = role
    self.neverRemind = neverRemind
    self.isDisputed = isDisputed
    self.goneAt = goneAt
    self.asOf = asOf
  }
}

/// What a customer owes in one currency.
public struct CustomerDebt: Hashable, Sendable {
  /// Open minus credits and payments that came on account.
  public var open: Money
  public var invoices: Int
  /// Of the invoices that have one; nil: none has.
  public var earliestDue: LocalDate?

  public init(open: Money, invoices: Int, earliestDue: LocalDate?) {
    self.open = open
    self.invoices = invoices
    self.earliestDue = earliestDue
  }
}

/// An invoice that is not paid in full.
public struct OpenInvoice: Hashable, Sendable {
  public var number: String
  public var partner: PartnerID
  public var issuedOn: LocalDate?
  public var dueOn: LocalDate?
  public var total: Money
  public var open: Money
  public var isDisputed: Bool
  public var neverRemind: Bool

  public init(
    number: String, partner: PartnerID, issuedOn: LocalDate?, dueOn: LocalDate?, total: Money,
    open: Money, isDisputed: Bool, neverRemind: Bool
  ) {
    self.number = number
    self.partner = partner
    self.issuedOn = issuedOn
    self.dueOn = dueOn
    self.total = total
    self.open = open
    self.isDisputed = isDisputed
    self.neverRemind = neverRemind
  }
}

/// Customers: reading, inside a transaction.
public protocol CustomerReading {
  /// Customers that the books still have, by name; no contacts.
  func customers(_ org: OrgID, _ filter: CustomerFilter) throws -> [CustomerRecord]
  /// A customer or contact, gone ones too.
  func customer(_ org: OrgID, _ id: PartnerID) throws -> CustomerRecord?
  func contacts(_ org: OrgID, of customer: PartnerID, limit: Int) throws -> [CustomerRecord]
  /// What each owes by currency; one that owes nothing is missing.
  func debts(_ org: OrgID, of customers: [PartnerID]) throws -> [PartnerID: [CustomerDebt]]
  /// What any of them has not paid, the earliest due first.
  func openInvoices(
    _ org: OrgID, of customers: [PartnerID], limit: Int
  ) throws -> [OpenInvoice]
  /// The holds of any of the customers and of their invoices, ended ones too. Promises do not say what
  /// was paid.
  func collectionHolds(_ org: OrgID, of customers: [PartnerID]) throws -> [CollectionHold]
  /// What was proposed about any of them, the latest decision of the policy first; at most so many
  /// for each.
  func proposals(_ org: OrgID, about customers: [PartnerID], limit: Int) throws -> [ActionState]
}
