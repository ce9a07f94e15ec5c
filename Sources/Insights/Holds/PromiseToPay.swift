import ActionProtocol

/// What a customer said would be paid, and by when.
public struct PromiseToPay: Hashable, Sendable {
  /// More than zero.
  public var amount: Money
  /// The day by which it was promised.
  public var due: LocalDate
  /// How many days later it still counts as kept; 0 or more.
  public var graceDays: Int
  /// What arrived from the day of the promise to the end of its grace, as far as the books tell.
  public var paid: Money
  /// Whether nothing of what it is about is open any more.
  public var isSettled: Bool

  public init(
    amount: Money, due: LocalDate, graceDays: Int = 0, paid: Money? = nil, isSettled: Bool = false
  ) {
    self.amount = amount
    self.due = due
    self.graceDays = graceDays
    self.paid = paid ?? Money(minorUnits: 0, currency: amount.currency)
    self.isSettled = isSettled
  }

  /// Due date plus grace: the last day that keeps it.
  public var lastDay: LocalDate { due.adding(days: graceDays) }

  /// What became of it.
  public enum State: String, CaseIterable, Hashable, Sendable {
    /// It may still be kept.
    case open
    /// The whole amount came in time, or nothing is open any more.
    case kept
    /// The last day is over, and less came.
    case broken
  }

  /// What became of it, as seen on a day.
  public func state(on day: LocalDate) -> State {
    if paid.minorUnits >= amount.minorUnits || isSettled { return .kept }
    return day > lastDay ? .broken : .open
  }
}

/// What customers' promises are worth.
public struct PromiseReport: Hashable, Sendable {
  /// Promises that were not kept, the latest first, then by id. One that somebody took back is none.
  public let broken: [CollectionHold]
  public let kept: Int
  /// Those that may still be kept.
  public let open: Int

  /// Promises with the full amount by date and grace, of all that were due or kept, in percent with
  /// one decimal; nil where there is none.
  public var keptPercent: Double? {
    let due = kept + broken.count
    return due == 0 ? nil : (Double(kept) / Double(due) * 1000).rounded() / 10
  }

  /// - Parameter day: as seen on this day.
  public init(_ holds: [CollectionHold], on day: LocalDate) {
    var (broken, kept, open): ([CollectionHold], Int, Int) = ([], 0, 0)
    for hold in holds where hold.madeOn <= day {
      guard let promise = hold.promise else { continue }
      // Taken back while it could still be kept: nobody broke it.
      if let ended = hold.endedOn, ended <= min(day, promise.lastDay) { continue }
      switch promise.state(on: day) {
      case .kept: kept += 1
      case .open: open += 1
      case .broken: broken.append(hold)
      }
    }
    self.broken = broken.sorted { left, right in
      let (first, second) = (left.promise?.lastDay, right.promise?.lastDay)
      if let first, let second, first != second { return first > second }
      return left.id < right.id
    }
    (self.kept, self.open) = (kept, open)
  }
}
