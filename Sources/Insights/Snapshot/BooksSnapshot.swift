import ActionProtocol
import Addressing
import Foundation

/// The company that the analysis is for, as far as wording and arithmetic need it.
public struct CompanyProfile: Hashable, Sendable {
  public var orgID: OrgID
  /// The name customers know.
  public var name: String
  /// The name that stands under a letter.
  public var legalName: String
  public var postalAddress: String?
  /// ISO 3166-1 alpha-2.
  public var country: String
  public var zone: TimeZone
  public var currency: Currency
  /// A locale identifier such as `en_US` for amounts and dates.
  public var locale: String
  /// Business hours `HH:MM` in `zone`, end exclusive.
  public var windowStart: String
  public var windowEnd: String
  /// 1 = Monday … 7 = Sunday.
  public var windowDays: [Int]

  public init(
    orgID: OrgID, name: String, legalName: String, postalAddress: String?, country: String,
    zone: TimeZone, currency: Currency, locale: String, windowStart: String, windowEnd: String,
    windowDays: [Int]
  ) {
    self.orgID = orgID
    self.name = name
    self.legalName = legalName
    self.postalAddress = postalAddress
    self.country = country
    self.zone = zone
    self.currency = currency
    self.locale = locale
    self.windowStart = windowStart
    self.windowEnd = windowEnd
    self.windowDays = windowDays
  }
}

/// Why nothing may be sent to an address now, whatever stands in the books.
public struct ClosedAddress: Hashable, Sendable {
  /// A word or two for people, such as `hard bounce`.
  public var reason: String
  /// Nil: for good.
  public var until: Instant?

  public init(reason: String, until: Instant?) {
    self.reason = reason
    self.until = until
  }
}

/// A customer as the books know it.
public struct PartnerFacts: Hashable, Sendable {
  public var id: PartnerID
  public var name: String
  /// The address for reminders: a billing contact's where there is one, else the partner's own.
  public var email: EmailAddress?
  /// The record that `email` stands on (`res.partner`); contacts are partners of their own in Odoo's
  /// model, so this may be another id than `id`.
  public var emailRecordID: Int64
  /// Set where no reminder may go to `email`; the books do not know, whoever reads them adds it.
  public var emailClosed: ClosedAddress?
  public var phone: PhoneNumber?
  public var country: String?
  public var zone: String?
  public var language: String?
  public var isActive: Bool
  public var isBlacklisted: Bool
  public var neverRemind: Bool

  public init(
    id: PartnerID, name: String, email: EmailAddress?, emailRecordID: Int64,
    phone: PhoneNumber? = nil, country: String? = nil, zone: String? = nil,
    language: String? = nil, isActive: Bool = true, isBlacklisted: Bool = false,
    neverRemind: Bool = false
  ) {
    self.id = id
    self.name = name
    self.email = email
    self.emailRecordID = emailRecordID
    self.phone = phone
    self.country = country
    self.zone = zone
    self.language = language
    self.isActive = isActive
    self.isBlacklisted = isBlacklisted
    self.neverRemind = neverRemind
  }
}

/// An invoice as it stands on the snapshot's date.
public struct InvoiceFacts: Hashable, Sendable {
  /// Odoo's `account.move` id.
  public var id: Int64
  public var number: String
  public var partnerID: PartnerID
  public var issuedOn: LocalDate?
  /// Nil where the source has none: reported as a gap, never counted as overdue.
  public var dueOn: LocalDate?
  public var total: Money
  /// Total less payments and allocated credits; negative where overpaid.
  public var open: Money
  public var isPosted: Bool
  public var isDisputed: Bool
  public var neverRemind: Bool
  /// A payment is under way and not booked yet, as the books say.
  public var isPaymentUnderWay = false
  /// What the customer may see of it; nil: nobody looked.
  public var document: InvoiceDocument?

  public init(
    id: Int64, number: String, partnerID: PartnerID, issuedOn: LocalDate?, dueOn: LocalDate?,
    total: Money, open: Money, isPosted: Bool = true, isDisputed: Bool = false,
    neverRemind: Bool = false
  ) {
    self.id = id
    self.number = number
    self.partnerID = partnerID
    self.issuedOn = issuedOn
    self.dueOn = dueOn
    self.total = total
    self.open = open
    self.isPosted = isPosted
    self.isDisputed = isDisputed
    self.neverRemind = neverRemind
  }
}

/// Money of a customer that no invoice claims: unallocated payments and credits.
public struct UnallocatedFacts: Hashable, Sendable {
  public var partnerID: PartnerID
  /// Positive: in the customer's favour.
  public var amount: Money

  public init(partnerID: PartnerID, amount: Money) {
    self.partnerID = partnerID
    self.amount = amount
  }
}

/// One consistent reading of the books.
public struct BooksSnapshot: Sendable {
  public var company: CompanyProfile
  /// The day in the company's zone that ages are counted to.
  public var asOf: LocalDate
  /// The oldest source time among the invoices, nil where there are none.
  public var recordsAsOf: Instant?
  public var partners: [PartnerFacts]
  public var invoices: [InvoiceFacts]
  public var unallocated: [UnallocatedFacts]
  /// What people said not to ask for, ended ones too.
  public var holds: [CollectionHold] = []
  /// Customers that became part of others, with what they are part of now.
  public var roots: [PartnerID: PartnerID] = [:]
  /// Every reminder that went out; nil: nobody looked.
  public var reminders: [SentReminder]?
  /// The day up to which payments were brought in; nil: the source states what is open by itself.
  public var paymentsUpTo: LocalDate?

  public init(
    company: CompanyProfile, asOf: LocalDate, recordsAsOf: Instant?, partners: [PartnerFacts],
    invoices: [InvoiceFacts], unallocated: [UnallocatedFacts]
  ) {
    self.company = company
    self.asOf = asOf
    self.recordsAsOf = recordsAsOf
    self.partners = partners
    self.invoices = invoices
    self.unallocated = unallocated
  }
}
