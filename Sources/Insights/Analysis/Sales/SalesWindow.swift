import ActionProtocol

extension SalesAnalysis {
  /// The deals that closed in the window, and what they say.
  struct Window {
    private let closed: [DealFacts]

    /// - Parameter days: until and with `asOf`.
    init(_ deals: [DealFacts], _ asOf: LocalDate, _ days: Int) {
      closed = deals.filter { deal in
        guard deal.state != .open, let closedOn = deal.closedOn else { return false }
        return (0..<days).contains(asOf.days(since: closedOn))
      }
    }

    var rate: WinRate { Self.rate(closed) }

    var cycle: DaySample { DaySample(won.compactMap(\.cycleDays)) }

    func salespeople(_ open: [DealFacts]) -> [SalesReport.Salesperson] {
      let done = Dictionary(grouping: closed, by: \.salesperson)
      let active = Dictionary(grouping: open, by: \.salesperson)
      return Set(done.keys).union(active.keys).compactMap { $0 }.sorted().map { name in
        SalesReport.Salesperson(
          name: name, rate: Self.rate(done[name] ?? []), open: active[name]?.count ?? 0)
      }
    }

    func velocity(_ open: [DealFacts]) -> [SalesVelocity] {
      let values = Dictionary(grouping: won.compactMap(\.value), by: \.currency)
      guard let share = rate.share, let cycle = cycle.mean, cycle > 0 else { return [] }
      return values.sorted { $0.key.code < $1.key.code }.map { currency, values in
        SalesVelocity(
          currency: currency,
          openDeals: open.count {
            $0.openedOn != nil && ($0.value == nil || $0.value?.currency == currency)
          },
          winRate: share,
          meanWonValue: Double(values.reduce(0) { $0 + $1.minorUnits }) / Double(values.count),
          meanCycleDays: cycle)
      }
    }

    private var won: [DealFacts] { closed.filter { $0.state == .won } }

    private static func rate(_ deals: [DealFacts]) -> WinRate {
      let won = deals.count { $0.state == .won }
      return WinRate(won: won, lost: deals.count - won)
    }
  }
}
