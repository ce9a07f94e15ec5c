/// How long after their due date invoices were paid: what the cash curve learns from.
struct PaymentDelays {
  /// With fewer paid invoices delays are assumed.
  static let fewest = 20
  private static let assumed = (median: 0, cautious: 30)

  private let days: [Int]
  /// How many took at most as long as the same place of `days`.
  private let upTo: [Int]
  let isLearnt: Bool

  init(_ counts: [DelayCount]) {
    var sums: [Int: Int] = [:]
    for entry in counts where entry.count > 0 { sums[entry.days, default: 0] += entry.count }
    let sorted = sums.sorted { $0.key < $1.key }
    var sum = 0
    days = sorted.map(\.key)
    upTo = sorted.map { entry in
      sum += entry.value
      return sum
    }
    isLearnt = sum >= Self.fewest
  }

  /// After how many days from its due date an invoice is paid that is `age` days past it and not paid: the
  /// percentile (nearest rank) of the payments that took longer.
  /// - Parameter cautious: the 80th percentile, else the median.
  /// - Returns: nil where no payment took longer.
  func expected(age: Int, cautious: Bool) -> Int? {
    guard isLearnt else {
      let assumed = cautious ? Self.assumed.cautious : Self.assumed.median
      return assumed > age ? assumed : nil
    }
    let first = place { days[$0] > age }
    guard first < days.count, let all = upTo.last else { return nil }
    let before = first == 0 ? 0 : upTo[first - 1]
    let remaining = all - before
    // Nearest rank without floating point: ceil(remaining × p).
    let rank = cautious ? (remaining * 8 + 9) / 10 : (remaining + 1) / 2
    return days[place { upTo[$0] >= before + rank }]
  }

  /// The first place that holds; they hold from one on.
  private func place(_ holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, days.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
