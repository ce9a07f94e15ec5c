import ActionProtocol

/// What comes in and goes out in the next thirteen weeks, of one currency.
struct CashOutlook {
  static let weeks = 13

  private var median = [Int64](repeating: 0, count: weeks)
  private var cautious = [Int64](repeating: 0, count: weeks)
  private var payments = [Int64](repeating: 0, count: weeks)
  private var beyondMedian: Int64 = 0
  private var beyondCautious: Int64 = 0

  /// - Parameter age: days past its due date, below zero before it; nil: no due date.
  mutating func receive(_ amount: Int64, age: Int?, isDisputed: Bool, _ delays: PaymentDelays) {
    guard let age, !isDisputed else {
      beyondMedian += amount
      beyondCautious += amount
      return
    }
    if let week = Self.week(delays.expected(age: age, cautious: false).map { $0 - age }) {
      median[week] += amount
    } else {
      beyondMedian += amount
    }
    if let week = Self.week(delays.expected(age: age, cautious: true).map { $0 - age }) {
      cautious[week] += amount
    } else {
      beyondCautious += amount
    }
  }

  /// What is due already is paid in the first week.
  mutating func pay(_ amount: Int64, daysOverdue: Int?) {
    guard let week = Self.week(max(1, -(daysOverdue ?? 0))) else { return }
    payments[week] += amount
  }

  /// Week 0 is the seven days after the as-of day.
  private static func week(_ daysAhead: Int?) -> Int? {
    guard let daysAhead, daysAhead >= 1 else { return nil }
    let week = (daysAhead - 1) / 7
    return week < weeks ? week : nil
  }

  /// - Parameters:
  ///   - cash: nil: not known; then nothing stands at the end of a week.
  ///   - weekly: what an average week cost in the period; the cautious line spends at least that.
  ///   - knowsBills: false: nothing is said of what goes out.
  func curve(
    _ currency: Currency, from day: LocalDate, cash: Int64?, weekly: Int64?, knowsBills: Bool,
    isLearnt: Bool
  ) -> CashCurve {
    var (standMedian, standCautious) = (cash, cash)
    let weeks = (0..<Self.weeks).map { week in
      let out = knowsBills ? payments[week] : nil
      let most = out.map { max($0, weekly ?? 0) }
      standMedian = Self.moved(standMedian, median[week], out)
      standCautious = Self.moved(standCautious, cautious[week], most)
      return CashWeek(
        from: day.adding(days: week * 7 + 1), to: day.adding(days: week * 7 + 7),
        receiptsMedian: median[week], receiptsCautious: cautious[week], paymentsMedian: out,
        paymentsCautious: most, endMedian: standMedian, endCautious: standCautious)
    }
    return CashCurve(
      currency: currency, weeks: weeks, isLearnt: isLearnt, beyondMedian: beyondMedian,
      beyondCautious: beyondCautious)
  }

  private static func moved(_ stand: Int64?, _ income: Int64, _ out: Int64?) -> Int64? {
    guard let stand, let out else { return nil }
    return stand + income - out
  }
}
