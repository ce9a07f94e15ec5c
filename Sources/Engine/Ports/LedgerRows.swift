import ActionProtocol
import Addressing

/// What a file may bring into the embedded ledger.
public enum LedgerKind: String, CaseIterable, Sendable {
  case partners, contacts, invoices, payments, credits, disputes, deals, tasks, bills, balances
}

/// A customer or supplier as a source describes it. Identity is `externalID`.
public struct PartnerRow: Hashable, Sendable {
  public var externalID: String
  public var name: String
  public var email: EmailAddress?
  public var phone: PhoneNumber?
  /// ISO 3166-1 alpha-2.
  public var country: String?
  /// IANA zone name.
  public var zone: String?
  /// Language tag such as `en` or `de`.
  public var language: String?
  public var isActive: Bool
  public var isBlacklisted: Bool
  public var neverRemind: Bool
  /// Who looks after the partner, by name.
  public var salesperson: String?

  public init(
    externalID: String, name: String, email: EmailAddress? = nil, phone: PhoneNumber? = nil,
    country: String? = nil, zone: String? = nil, language: String? = nil, isActive: Bool = true,
    isBlacklisted: Bool = false, neverRemind: Bool = false, salesperson: String? = nil
  ) {
    self.salesperson = salesperson
    self.externalID = externalID
    self.name = name
    self.email = email
    self.phone = phone
    self.country = country
    self.zone = zone
    self.language = language
    self.isActive = isActive
    self.isBlacklisted = isBlacklisted
    self.neverRemind = neverRemind
  }
}

/// A person at a partner.
public struct ContactRow: Hashable, Sendable {
  public var externalID: String
  /// The partner the contact belongs to, by its external id or its exact name.
  public var partner: String
  public var name: String
  public var email: EmailAddress?
  public var phone: PhoneNumber?
  /// `billing`, `sales`, … ; a billing contact's address is preferred for reminders.
  public var role: String?

  public init(
    externalID: String, partner: String, name: String, email: EmailAddress? = nil,
    phone: PhoneNumber? = nil, role: String? = nil
  ) {
    self.externalID = externalID
    self.partner = partner
    self.name = name
    self.email = email
    self.phone = phone
    self.role = role
  }
}

/// An invoice to a customer.
public struct InvoiceRow: Hashable, Sendable {
  public enum State: String, Sendable { case draft, posted, cancelled }

  public var externalID: String
  /// The number the customer knows, such as `INV-2024-001`.
  public var number: String
  public var partner: String
  public var issuedOn: LocalDate?
  public var dueOn: LocalDate?
  public var total: Money
  /// What the source says is still open, nil where it does not say. Where given, it already
  /// contains every payment up to the source's as-of time.
  public var open: Money?
  public var state: State
  public var neverRemind: Bool

  public init(
    externalID: String, number: String, partner: String, issuedOn: LocalDate?, dueOn: LocalDate?,
    total: Money, open: Money? = nil, state: State = .posted, neverRemind: Bool = false
  ) {
    self.externalID = externalID
    self.number = number
    self.partner = partner
    self.issuedOn = issuedOn
    self.dueOn = dueOn
    self.total = total
    self.open = open
    self.state = state
    self.neverRemind = neverRemind
  }
}

/// Money received, or a credit note allocated to an invoice.
public struct SettlementRow: Hashable, Sendable {
  public var externalID: String
  /// The invoice by external id or number; nil = not allocated.
  public var invoice: String?
  /// Needed where no invoice is named.
  public var partner: String?
  public var amount: Money
  public var on: LocalDate

  public init(
    externalID: String, invoice: String?, partner: String?, amount: Money, on: LocalDate
  ) {
    self.externalID = externalID
    self.invoice = invoice
    self.partner = partner
    self.amount = amount
    self.on = on
  }
}

/// A customer's objection to an invoice. Open until `closedOn`.
public struct DisputeRow: Hashable, Sendable {
  public var externalID: String
  public var invoice: String
  public var openedOn: LocalDate
  public var closedOn: LocalDate?
  public var reason: String?

  public init(
    externalID: String, invoice: String, openedOn: LocalDate, closedOn: LocalDate? = nil,
    reason: String? = nil
  ) {
    self.externalID = externalID
    self.invoice = invoice
    self.openedOn = openedOn
    self.closedOn = closedOn
    self.reason = reason
  }
}

/// A sales opportunity.
public struct DealRow: Hashable, Sendable {
  public enum State: String, Sendable { case open, won, lost }

  public var externalID: String
  public var name: String
  public var partner: String?
  /// The stage's name; the ledger gives each distinct name an id of its own.
  public var stage: String
  public var value: Money?
  public var expectedClose: LocalDate?
  public var lastActivityOn: LocalDate?
  public var state: State
  /// Who looks after the deal, by name.
  public var salesperson: String?
  /// When it came to its stage; nil: the source does not say.
  public var stageSince: LocalDate?
  public var openedOn: LocalDate?
  /// When it was won or lost.
  public var closedOn: LocalDate?

  public init(
    externalID: String, name: String, partner: String?, stage: String, value: Money? = nil,
    expectedClose: LocalDate? = nil, lastActivityOn: LocalDate? = nil, state: State = .open,
    salesperson: String? = nil, stageSince: LocalDate? = nil, openedOn: LocalDate? = nil,
    closedOn: LocalDate? = nil
  ) {
    self.salesperson = salesperson
    self.stageSince = stageSince
    self.openedOn = openedOn
    self.closedOn = closedOn
    self.externalID = externalID
    self.name = name
    self.partner = partner
    self.stage = stage
    self.value = value
    self.expectedClose = expectedClose
    self.lastActivityOn = lastActivityOn
    self.state = state
  }
}

/// A task of the company's own people.
public struct TaskRow: Hashable, Sendable {
  public var externalID: String
  public var name: String
  public var project: String?
  public var stage: String
  public var deadline: LocalDate?
  /// "0" to "3".
  public var priority: String
  public var partner: String?
  public var isDone: Bool

  public init(
    externalID: String, name: String, project: String? = nil, stage: String = "New",
    deadline: LocalDate? = nil, priority: String = "1", partner: String? = nil,
    isDone: Bool = false
  ) {
    self.externalID = externalID
    self.name = name
    self.project = project
    self.stage = stage
    self.deadline = deadline
    self.priority = priority
    self.partner = partner
    self.isDone = isDone
  }
}

/// One row of a file, parsed.
public enum LedgerRow: Hashable, Sendable {
  case partner(PartnerRow)
  case contact(ContactRow)
  case invoice(InvoiceRow)
  case payment(SettlementRow)
  case credit(SettlementRow)
  case dispute(DisputeRow)
  case deal(DealRow)
  case task(TaskRow)
  case bill(BillRow)
  case balance(BalanceRow)
}

/// Why a row of a file was not taken.
public struct RowRejection: Hashable, Sendable {
  /// From 1; the header is line 1 of a CSV file.
  public let line: Int
  /// The file's own name for the column, empty when the whole row is meant.
  public let column: String
  /// What is wrong, without the value where it may be personal.
  public let problem: String
  /// What to do about it.
  public let remedy: String

  public init(line: Int, column: String, problem: String, remedy: String) {
    self.line = line
    self.column = column
    self.problem = problem
    self.remedy = remedy
  }
}

/// A parsed line: a row, or the reasons why it is none.
public enum ParsedLedgerLine: Sendable {
  case row(LedgerRow, line: Int)
  case rejected([RowRejection])
}

/// A stream of parsed lines in constant memory.
public protocol LedgerRowSource {
  /// The next lines, at most `limit`; empty at the end.
  /// - Throws: when the file as a whole cannot be read (encoding, header, broken quotes).
  mutating func next(_ limit: Int) throws -> [ParsedLedgerLine]

  /// The file's own name for a canonical field such as `partner`, or the field where it has none.
  func columnName(of field: String) -> String
}
