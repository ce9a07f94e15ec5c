import ActionProtocol

/// The figures of one currency, from the sums.
struct FinanceFigures {
  private let snapshot: FinanceSnapshot
  private let tally: FinanceTally
  private let currency: Currency
  private let asOf: LocalDate
  private var figures: CurrencyFinance

  init(
    _ snapshot: FinanceSnapshot, _ overdue: OverdueReport, _ tally: FinanceTally,
    _ currency: Currency
  ) {
    self.snapshot = snapshot
    self.tally = tally
    self.currency = currency
    asOf = snapshot.books.asOf
    figures = CurrencyFinance(
      currency: currency,
      receivables: overdue.ageing[currency] ?? AgeingTable(currency: currency),
      unallocated: overdue.unallocated[currency] ?? Money(minorUnits: 0, currency: currency))
  }

  func finance() -> CurrencyFinance {
    var copy = self
    copy.measureCollecting()
    copy.measureConcentration()
    copy.measureCash()
    copy.drawCurve()
    return copy.figures
  }

  private var history: BillingHistory { snapshot.history }
  private var owed: Int64 { figures.receivables.total.amount.minorUnits }

  // MARK: - Collecting

  private mutating func measureCollecting() {
    figures.credited = history.credited[currency] ?? 0
    figures.received = history.received[currency] ?? 0
    guard let days = FinancePeriod.length(from: history.firstInvoice[currency], to: asOf) else {
      guard history.firstInvoice[currency] == nil else { return void(.shortHistory) }
      if owed > 0 { void(.noSales) }
      return
    }
    figures.periodDays = days
    let first = asOf.adding(days: 1 - days)
    guard let billed = billed(from: first) else { return void(.amountOutOfRange) }
    figures.billed = billed
    guard history.settled[currency] ?? 0 > 0 else { return void(.onlyOpenItems) }
    guard billed > 0 else { return void(.noSales) }
    let current = figures.receivables.notDue.amount.minorUnits
    let dso = Double(owed) / Double(billed) * Double(days)
    let best = Double(current) / Double(billed) * Double(days)
    (figures.dso, figures.bestPossibleDSO, figures.daysDelinquent) = (dso, best, dso - best)
    figures.countBackDSO = countBack()
    measureEffectiveness(billed, current)
  }

  private mutating func void(_ gap: FinanceGap) { figures.gaps.insert(gap) }

  /// (opening + billed − owed) ÷ (opening + billed − not due) × 100.
  private mutating func measureEffectiveness(_ billed: Int64, _ current: Int64) {
    guard history.paidWithoutDate[currency] ?? 0 == 0 else { return void(.noPaymentDates) }
    let opening = history.opening[currency] ?? 0
    figures.opening = opening
    let (all, overflow) = opening.addingReportingOverflow(billed)
    guard !overflow else { return void(.amountOutOfRange) }
    // Nothing was there to be collected, or what is there was charged or moved: no share of it.
    guard all - current > 0, all >= owed else { return }
    figures.collectionEffectiveness = Double(all - owed) / Double(all - current) * 100
  }

  private func billed(from first: LocalDate) -> Int64? {
    var sum: Int64? = 0
    for day in history.billed
    where day.amount.currency == currency && day.day >= first && day.day <= asOf {
      guard let known = sum else { return nil }
      sum = OverdueTally.sum(known, day.amount.minorUnits)
    }
    return sum
  }

  /// How many days of sales it takes to reach what is owed, month by month back from the as-of day.
  private mutating func countBack() -> Double? {
    var sums: [Int: Int64] = [:]
    for day in history.billed where day.amount.currency == currency && day.day <= asOf {
      sums[day.day.year * 12 + day.day.month, default: 0] += day.amount.minorUnits
    }
    var (rest, days, last) = (owed, 0.0, asOf)
    while rest > 0 {
      guard asOf.days(since: last) < FinancePeriod.history - 31 else {
        figures.gaps.insert(.salesDoNotReach)
        return nil
      }
      let sales = sums[last.year * 12 + last.month] ?? 0
      if sales > 0, sales >= rest { return days + Double(rest) / Double(sales) * Double(last.day) }
      rest -= max(0, sales)
      days += Double(last.day)
      last = last.adding(days: -last.day)
    }
    return days
  }

  private mutating func measureConcentration() {
    let partners = snapshot.books.partners
    figures.concentration = tally.concentration(currency) { id in
      partners.first { $0.id == id }?.name ?? ""
    }
  }

  // MARK: - Cash

  private mutating func measureCash() {
    if let purchases = snapshot.purchases {
      figures.payables = tally.payables[currency] ?? AgeingTable(currency: currency)
      if tally.billsOutOfRange.contains(currency) { figures.gaps.insert(.amountOutOfRange) }
      measureBurn(purchases)
    } else {
      figures.gaps.insert(.noBills)
    }
    measureBalances()
    if let cash = figures.cash, figures.burn != nil {
      figures.runway = Self.runway(cash, figures.spent, figures.burnDays)
    }
    guard let payables = figures.payables?.total.amount.minorUnits else { return }
    figures.workingCapital = Money(minorUnits: owed - payables, currency: currency)
    figures.netPosition = figures.cash.map {
      Money(minorUnits: $0.minorUnits + owed - payables, currency: currency)
    }
  }

  private mutating func measureBurn(_ purchases: PurchaseBooks) {
    guard let first = purchases.firstBill[currency] else { return }
    guard let days = FinancePeriod.length(from: first, to: asOf) else {
      figures.gaps.insert(.shortHistory)
      return
    }
    let start = asOf.adding(days: 1 - days)
    var spent: Int64 = 0
    for day in purchases.bought
    where day.amount.currency == currency && day.day >= start && day.day <= asOf {
      guard let sum = OverdueTally.sum(spent, day.amount.minorUnits) else {
        figures.gaps.insert(.amountOutOfRange)
        return
      }
      spent = sum
    }
    (figures.spent, figures.burnDays) = (spent, days)
    figures.burn = Money(minorUnits: Self.share(spent, 30, of: days), currency: currency)
  }

  private mutating func measureBalances() {
    let own = snapshot.balances.filter { $0.amount.currency == currency }
    guard let oldest = own.map(\.on).min() else {
      figures.gaps.insert(.noBalance)
      return
    }
    var sum: Int64 = 0
    for balance in own {
      guard let next = OverdueTally.sum(sum, balance.amount.minorUnits) else {
        figures.gaps.insert(.amountOutOfRange)
        return
      }
      sum = next
    }
    figures.cash = Money(minorUnits: sum, currency: currency)
    figures.cashOn = oldest
    if asOf.days(since: oldest) > FinanceAnalysis.oldestBalance { figures.gaps.insert(.oldBalance) }
  }

  /// cash ÷ (spent ÷ days), rounded down.
  private static func runway(_ cash: Money, _ spent: Int64, _ days: Int) -> Runway {
    guard spent > 0 else { return .notBurning }
    guard cash.minorUnits > 0 else { return .days(0) }
    let (product, overflow) = cash.minorUnits.multipliedReportingOverflow(by: Int64(days))
    let found = overflow ? Int64.max / spent : product / spent
    return .days(Int(min(found, 36_500)))
  }

  /// amount × part ÷ whole, rounded half away from zero; `amount` within ±(2⁵³ − 1).
  private static func share(_ amount: Int64, _ part: Int64, of whole: Int) -> Int64 {
    let (product, whole) = (amount * part, Int64(whole))
    let half = product < 0 ? -whole / 2 : whole / 2
    return (product + half) / whole
  }

  // MARK: - Thirteen weeks

  private mutating func drawCurve() {
    let outlook = tally.outlooks[currency] ?? CashOutlook()
    if !tally.delays.isLearnt, owed > 0 { figures.gaps.insert(.fewPayments) }
    figures.curve = outlook.curve(
      currency, from: asOf, cash: figures.cash?.minorUnits,
      weekly: figures.burn == nil ? nil : Self.share(figures.spent, 7, of: figures.burnDays),
      knowsBills: figures.payables != nil, isLearnt: tally.delays.isLearnt)
  }
}
