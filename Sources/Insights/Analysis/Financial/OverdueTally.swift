import ActionProtocol

/// The running sums of one overdue analysis.
struct OverdueTally {
  /// Beyond this an integer is no longer exact in JSON (DECISIONS 2).
  static let largestSum: Int64 = 9_007_199_254_740_991

  private struct CustomerKey: Hashable {
    let partnerID: PartnerID
    let currency: Currency
  }

  private struct CustomerSums {
    var ageing: AgeingTable
    var invoices: [OverdueInvoice] = []
  }

  private let orgID: OrgID
  private let asOf: LocalDate
  private let recordsAsOf: Instant?
  private let names: [PartnerID: String]
  private var seen: Set<Int64> = []
  private var ageing: [Currency: AgeingTable] = [:]
  private var totals: [Currency: Int64] = [:]
  private var customers: [CustomerKey: CustomerSums] = [:]
  private var credits: [CustomerKey: Int64] = [:]
  private var creditTotals: [Currency: Int64] = [:]
  private var gaps: [BookGap] = []
  private var leftAside = LeftAside()

  init(_ books: BooksSnapshot) {
    orgID = books.company.orgID
    asOf = books.asOf
    recordsAsOf = books.recordsAsOf
    names = Dictionary(
      books.partners.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    seen.reserveCapacity(books.invoices.count)
  }

  /// - Returns: whether it counts as owed.
  mutating func count(_ invoice: InvoiceFacts) -> Bool {
    guard seen.insert(invoice.id).inserted else { return leaveOut(.duplicateRecord, invoice) }
    if isLeftAside(invoice) { return false }
    if let problem = problem(with: invoice) { return leaveOut(problem, invoice) }
    let currency = invoice.open.currency
    guard let sum = Self.sum(totals[currency], invoice.open.minorUnits) else {
      return leaveOut(.amountOutOfRange, invoice)
    }
    totals[currency] = sum
    place(invoice)
    return true
  }

  private mutating func leaveOut(_ kind: BookGap.Kind, _ invoice: InvoiceFacts) -> Bool {
    note(kind, invoice)
    return false
  }

  mutating func count(_ credit: UnallocatedFacts) {
    let currency = credit.amount.currency
    if names[credit.partnerID] == nil { return note(.unknownPartner, credit) }
    if credit.amount.minorUnits < 0 { return note(.negativeOpen, credit) }
    guard let sum = Self.sum(creditTotals[currency], credit.amount.minorUnits) else {
      return note(.amountOutOfRange, credit)
    }
    creditTotals[currency] = sum
    credits[CustomerKey(partnerID: credit.partnerID, currency: currency), default: 0] +=
      credit.amount.minorUnits
  }

  func report() -> OverdueReport {
    OverdueReport(
      orgID: orgID, asOf: asOf, recordsAsOf: recordsAsOf, ageing: ageing,
      customers: sortedCustomers(),
      unallocated: Dictionary(
        uniqueKeysWithValues: creditTotals.map { ($0, Money(minorUnits: $1, currency: $0)) }),
      gaps: gaps.sorted(by: Self.gapOrder), leftAside: leftAside)
  }

  // MARK: Counting

  private mutating func isLeftAside(_ invoice: InvoiceFacts) -> Bool {
    if !invoice.isPosted {
      leftAside.notPosted += 1
    } else if let issued = invoice.issuedOn, issued > asOf {
      leftAside.notYetIssued += 1
    } else if invoice.open.minorUnits == 0 {
      leftAside.settled += 1
    } else {
      return false
    }
    return true
  }

  private func problem(with invoice: InvoiceFacts) -> BookGap.Kind? {
    if invoice.open.currency != invoice.total.currency { return .currencyMismatch }
    if names[invoice.partnerID] == nil { return .unknownPartner }
    return invoice.open.minorUnits < 0 ? .negativeOpen : nil
  }

  private mutating func place(_ invoice: InvoiceFacts) {
    let currency = invoice.open.currency
    let key = CustomerKey(partnerID: invoice.partnerID, currency: currency)
    var bucket = AgeingBucket.withoutDueDate
    var overdue: OverdueInvoice?
    if let dueOn = invoice.dueOn {
      let days = asOf.days(since: dueOn)
      bucket = AgeingBucket(daysOverdue: days)
      if days > 0 { overdue = OverdueInvoice(invoice: invoice, dueOn: dueOn, daysOverdue: days) }
    } else {
      note(.noDueDate, invoice)
    }
    ageing[currency, default: AgeingTable(currency: currency)]
      .add(invoice.open, to: bucket, disputed: invoice.isDisputed)
    customers[key, default: CustomerSums(ageing: AgeingTable(currency: currency))]
      .ageing.add(invoice.open, to: bucket, disputed: invoice.isDisputed)
    if let overdue { customers[key]?.invoices.append(overdue) }
  }

  /// The sum, nil where it is no longer exact in every representation.
  static func sum(_ sum: Int64?, _ amount: Int64) -> Int64? {
    let (result, overflow) = (sum ?? 0).addingReportingOverflow(amount)
    return overflow || result.magnitude > largestSum.magnitude ? nil : result
  }

  private mutating func note(_ kind: BookGap.Kind, _ invoice: InvoiceFacts) {
    gaps.append(
      BookGap(
        kind: kind, invoiceID: invoice.id, number: invoice.number, partnerID: invoice.partnerID,
        amount: invoice.open))
  }

  private mutating func note(_ kind: BookGap.Kind, _ credit: UnallocatedFacts) {
    gaps.append(
      BookGap(
        kind: kind, invoiceID: nil, number: "", partnerID: credit.partnerID,
        amount: credit.amount))
  }

  // MARK: Order

  private func sortedCustomers() -> [CustomerOverdue] {
    customers.filter { !$0.value.invoices.isEmpty }
      .map { key, sums in
        CustomerOverdue(
          partnerID: key.partnerID, partnerName: names[key.partnerID] ?? "",
          currency: key.currency, ageing: sums.ageing,
          invoices: sums.invoices.sorted(by: Self.oldestFirst),
          unallocatedCredit: Money(minorUnits: credits[key] ?? 0, currency: key.currency))
      }
      .sorted(by: Self.largestFirst)
  }

  private static func oldestFirst(_ left: OverdueInvoice, _ right: OverdueInvoice) -> Bool {
    (-left.daysOverdue, left.invoice.id) < (-right.daysOverdue, right.invoice.id)
  }

  private static func largestFirst(_ left: CustomerOverdue, _ right: CustomerOverdue) -> Bool {
    let leftOpen = left.ageing.total.amount.minorUnits
    let rightOpen = right.ageing.total.amount.minorUnits
    return (left.currency.code, -leftOpen, left.partnerID.rawValue)
      < (right.currency.code, -rightOpen, right.partnerID.rawValue)
  }

  private static func gapOrder(_ left: BookGap, _ right: BookGap) -> Bool {
    (left.kind.rawValue, left.invoiceID ?? 0, left.partnerID.rawValue, left.amount.minorUnits)
      < (
        right.kind.rawValue, right.invoiceID ?? 0, right.partnerID.rawValue,
        right.amount.minorUnits
      )
  }
}
