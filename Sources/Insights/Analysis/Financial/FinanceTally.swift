import ActionProtocol

/// The running sums of one financial analysis.
struct FinanceTally {
  private struct CustomerKey: Hashable {
    let partner: PartnerID
    let currency: Currency
  }

  let delays: PaymentDelays
  private let asOf: LocalDate
  private let purchases: PurchaseBooks?
  private var customers: [CustomerKey: Int64] = [:]
  private(set) var outlooks: [Currency: CashOutlook] = [:]
  private(set) var payables: [Currency: AgeingTable] = [:]
  private(set) var billsOutOfRange: Set<Currency> = []
  private var others: Set<Currency> = []
  private var overdueBills: [Currency: [(days: Int, id: Int64)]] = [:]

  init(_ snapshot: FinanceSnapshot) {
    delays = PaymentDelays(snapshot.history.delays)
    asOf = snapshot.books.asOf
    purchases = snapshot.purchases
    others.formUnion(snapshot.balances.map(\.amount.currency))
    others.formUnion(snapshot.history.billed.map(\.amount.currency))
  }

  /// An invoice that the ageing counted.
  mutating func count(_ invoice: InvoiceFacts, age: Int?) {
    let currency = invoice.open.currency
    customers[CustomerKey(partner: invoice.partnerID, currency: currency), default: 0] +=
      invoice.open.minorUnits
    outlooks[currency, default: CashOutlook()].receive(
      invoice.open.minorUnits, age: age, isDisputed: invoice.isDisputed, delays)
  }

  mutating func countBills() {
    var totals: [Currency: Int64] = [:]
    for bill in purchases?.bills ?? [] where bill.open.minorUnits > 0 {
      let currency = bill.open.currency
      guard let sum = OverdueTally.sum(totals[currency], bill.open.minorUnits) else {
        billsOutOfRange.insert(currency)
        continue
      }
      totals[currency] = sum
      let age = bill.dueOn.map { asOf.days(since: $0) }
      payables[currency, default: AgeingTable(currency: currency)].add(
        bill.open, to: age.map { AgeingBucket(daysOverdue: $0) } ?? .withoutDueDate,
        disputed: false)
      outlooks[currency, default: CashOutlook()].pay(bill.open.minorUnits, daysOverdue: age)
      if let age, age > 90 { overdueBills[currency, default: []].append((age, bill.id)) }
    }
  }

  func currencies(_ report: OverdueReport) -> Set<Currency> {
    others.union(report.ageing.keys).union(report.unallocated.keys).union(payables.keys)
  }

  /// Ids of at most ten bills, the longest overdue first.
  func oldestBills(_ currency: Currency) -> [Int64] {
    (overdueBills[currency] ?? []).sorted { ($0.days, $1.id) > ($1.days, $0.id) }.prefix(10)
      .map(\.id)
  }

  /// Nil where nothing is owed.
  func concentration(_ currency: Currency, names: (PartnerID) -> String) -> Concentration? {
    let sums = customers.filter { $0.key.currency == currency && $0.value > 0 }
      .map { (partner: $0.key.partner, open: $0.value) }
      .sorted { ($0.open, $1.partner.rawValue) > ($1.open, $0.partner.rawValue) }
    guard let largest = sums.first else { return nil }
    let total = Double(sums.reduce(0) { $0 + $1.open })
    return Concentration(
      customers: sums.count, largest: largest.partner, largestName: names(largest.partner),
      largestOpen: Money(minorUnits: largest.open, currency: currency),
      largestShare: Double(largest.open) / total,
      topFiveShare: Double(sums.prefix(5).reduce(0) { $0 + $1.open }) / total,
      index: sums.reduce(0) { $0 + (Double($1.open) / total) * (Double($1.open) / total) })
  }
}
