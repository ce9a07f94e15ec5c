import ActionProtocol

/// How many invoices, and how much of them is open.
public struct AgeingCell: Hashable, Sendable {
  /// Number of invoices with an open amount above zero.
  public private(set) var count: Int
  /// Sum of the open amounts, in minor units of one currency.
  public private(set) var amount: Money

  /// An empty cell of a currency.
  public init(currency: Currency) {
    self.init(count: 0, amount: Money(minorUnits: 0, currency: currency))
  }

  init(count: Int, amount: Money) {
    self.count = count
    self.amount = amount
  }

  mutating func add(_ money: Money) {
    count += 1
    amount = Money(minorUnits: amount.minorUnits + money.minorUnits, currency: amount.currency)
  }

  static func + (left: AgeingCell, right: AgeingCell) -> AgeingCell {
    AgeingCell(
      count: left.count + right.count,
      amount: Money(
        minorUnits: left.amount.minorUnits + right.amount.minorUnits,
        currency: left.amount.currency))
  }
}

/// Open amounts of one currency by age.
///
/// - Formula: every posted invoice with an open amount above zero stands in exactly one bucket;
///   open = total − payments − allocated credits.
/// - Unit: minor units of ``currency``; amounts of different currencies are never added.
/// - Source: `BooksSnapshot.invoices`; unallocated credits are not in it.
public struct AgeingTable: Hashable, Sendable {
  public let currency: Currency
  private var cells: [AgeingCell]
  /// Those of the overdue invoices that the customer disputes; contained in the buckets.
  public private(set) var disputedOverdue: AgeingCell

  /// An empty table of a currency.
  public init(currency: Currency) {
    self.currency = currency
    cells = Array(repeating: AgeingCell(currency: currency), count: AgeingBucket.allCases.count)
    disputedOverdue = AgeingCell(currency: currency)
  }

  /// One bucket's cell.
  public subscript(bucket: AgeingBucket) -> AgeingCell { cells[bucket.rawValue] }

  /// Every open invoice: the sum of all six rows.
  public var total: AgeingCell { sum { _ in true } }

  /// Every invoice at least one day past its due date: the sum of 1-30, 31-60, 61-90 and 90+.
  public var overdue: AgeingCell { sum(where: \.isOverdue) }

  /// Everything owed and not overdue: `current` and `no due date`.
  public var notDue: AgeingCell { sum { !$0.isOverdue } }

  /// Adds an invoice's open amount; the caller has checked that the sum stays in range.
  mutating func add(_ open: Money, to bucket: AgeingBucket, disputed: Bool) {
    cells[bucket.rawValue].add(open)
    if disputed, bucket.isOverdue { disputedOverdue.add(open) }
  }

  private func sum(where isIncluded: (AgeingBucket) -> Bool) -> AgeingCell {
    AgeingBucket.allCases.filter(isIncluded).reduce(AgeingCell(currency: currency)) {
      $0 + self[$1]
    }
  }
}
