import ActionProtocol

/// An invoice past its due date.
public struct OverdueInvoice: Hashable, Sendable {
  public let invoice: InvoiceFacts
  public let dueOn: LocalDate
  /// Calendar days from the due date to the report's date, at least 1.
  public let daysOverdue: Int

  public var bucket: AgeingBucket { AgeingBucket(daysOverdue: daysOverdue) }
}

/// What one customer owes in one currency, where at least one invoice is overdue.
public struct CustomerOverdue: Hashable, Sendable {
  public let partnerID: PartnerID
  public let partnerName: String
  public let currency: Currency
  /// All open invoices of the customer in this currency, overdue or not.
  public let ageing: AgeingTable
  /// The overdue ones, the oldest first, then by id. Disputed ones are among them.
  public let invoices: [OverdueInvoice]
  /// Payments and credits that no invoice claims; zero or positive, never netted.
  public let unallocatedCredit: Money

  /// Days overdue of the oldest invoice.
  public var oldestDaysOverdue: Int { invoices.first?.daysOverdue ?? 0 }
}

/// Open invoices that the analysis left aside without anything being wrong with them.
public struct LeftAside: Hashable, Sendable {
  /// Drafts and cancelled invoices with an amount.
  public var notPosted = 0
  /// Issued after the report's date.
  public var notYetIssued = 0
  /// Open amount exactly zero.
  public var settled = 0

  public init() {}
}

/// What is owed on a day, by age, customer and currency.
///
/// Everything in it is computed from the snapshot alone; the same snapshot gives the same report.
public struct OverdueReport: Hashable, Sendable {
  public let orgID: OrgID
  /// The day in the company's zone that ages are counted to.
  public let asOf: LocalDate
  /// The oldest source time among the invoices: how fresh the figures are.
  public let recordsAsOf: Instant?
  /// One table per currency; there is no grand total, because currencies are never added.
  public let ageing: [Currency: AgeingTable]
  /// Sorted by currency code, then the largest open amount, then partner id.
  public let customers: [CustomerOverdue]
  /// Per currency, what customers have paid or been credited without an invoice claiming it.
  public let unallocated: [Currency: Money]
  /// Sorted by kind, then invoice id, then partner.
  public let gaps: [BookGap]
  public let leftAside: LeftAside

  /// The currencies of ``ageing``, sorted by code.
  public var currencies: [Currency] { ageing.keys.sorted { $0.code < $1.code } }
}
