import ActionProtocol
import Decisions
import Engine
import Foundation
import Insights
import SMTP2GO

/// What an organisation sent in a month, and what it comes to.
struct CostReport: Sendable {
  /// One purpose, channel and country.
  struct Row: Hashable, Sendable {
    let purpose: MessagePurpose
    let channel: OutreachChannel
    let country: String?
    let messages: Int
    /// Recipients of e-mails, segments of SMS.
    let units: Int
    /// Of SMS; e-mails are paid by the plan.
    let cost: PriceRange
  }

  /// What a channel's messages cost of its budget.
  struct Budget: Hashable, Sendable {
    let channel: OutreachChannel
    /// In the unit of the channel's ledger (``SpentMonth/spent``), with what is on its way.
    let spent: Int64
    let limit: Int64
  }

  let month: MonthInProgress
  /// Of the month that is under way; a channel without a budget has none.
  var budgets: [Budget] = []
  /// Such as `2026-11`.
  let name: String
  /// What left for the operator or the customers.
  let rows: [Row]
  /// Messages to the sandbox, which cost nothing.
  let sandboxed: Int
  let volume: MonthlyVolume

  var isOver: Bool { month.now >= month.end }

  var projected: MonthlyVolume { month.projected(volume) }

  /// - Parameter month: nil for the one that is under way in the organisation's zone.
  static func make(
    _ house: House, _ organisation: Organisation, month wanted: (year: Int, month: Int)?,
    table: PriceTable
  ) async throws -> CostReport {
    let (org, zone) = (organisation.id, organisation.profile.zone)
    return try await house.store.read { store in
      let today = LocalDate(store.now, in: zone)
      let (year, number) = wanted ?? (today.year, today.month)
      guard let first = LocalDate(year: year, month: number, day: 1),
        let next = LocalDate(
          year: number == 12 ? year + 1 : year, month: number % 12 + 1, day: 1)
      else {
        throw Failure(.usage, "cost.month", "There is no such month.", remedy: "Write 2026-10.")
      }
      let month = MonthInProgress(
        start: WallClock.instant(first, minutes: 0, in: zone),
        end: WallClock.instant(next, minutes: 0, in: zone), now: store.now)
      let lines = try store.usage(org, from: month.start, before: month.end)
      let busiest = try store.busiestDay(org, from: month.start, before: month.end)
      var report = CostReport(
        month: month, name: String(first.iso.prefix(7)), lines: lines, busiest: busiest,
        table: table)
      if !report.isOver { report.budgets = try budgets(organisation, store) }
      return report
    }
  }

  private static func budgets(
    _ organisation: Organisation, _ store: any StoreReading
  ) throws -> [Budget] {
    let month = SpendingMonth(of: store.now, in: organisation.profile.zone)
    return try OutreachChannel.allCases.compactMap { channel in
      guard let limit = organisation.outreach.budget.limit(channel) else { return nil }
      let spent = try store.spent(
        organisation.id, channel, organisation.mode.ownDelivery, month: month)
      return Budget(channel: channel, spent: spent, limit: limit)
    }
  }

  init(
    month: MonthInProgress, name: String, lines: [UsageLine], busiest: Int, table: PriceTable
  ) {
    self.month = month
    self.name = name
    let real = lines.filter { $0.delivery != .sandbox }
    sandboxed = lines.filter { $0.delivery == .sandbox }.reduce(0) { $0 + $1.messages }
    rows = Self.rows(real, table)
    let texts = real.filter { $0.channel == .sms }
    volume = MonthlyVolume(
      emails: real.filter { $0.channel == .email }.reduce(0) { $0 + $1.units },
      smsUnits: Dictionary(texts.map { ($0.country, $0.units) }, uniquingKeysWith: +),
      busiestDay: busiest)
  }

  /// Joined over delivery modes and types of one purpose; in the order of purposes.
  private static func rows(_ lines: [UsageLine], _ table: PriceTable) -> [Row] {
    struct Key: Hashable {
      let purpose: MessagePurpose
      let channel: OutreachChannel
      let country: String?
    }
    var sums: [Key: (messages: Int, units: Int)] = [:]
    for line in lines {
      guard let purpose = MessagePurpose(line.actionType) else { continue }
      let key = Key(purpose: purpose, channel: line.channel, country: line.country)
      let sum = sums[key] ?? (0, 0)
      sums[key] = (sum.messages + line.messages, sum.units + line.units)
    }
    let order = MessagePurpose.allCases
    return sums.map { key, sum in
      Row(
        purpose: key.purpose, channel: key.channel, country: key.country, messages: sum.messages,
        units: sum.units,
        cost: key.channel == .sms ? table.sms(units: sum.units, to: key.country) : .zero)
    }.sorted { left, right in
      let places = (
        order.firstIndex(of: left.purpose) ?? 0, order.firstIndex(of: right.purpose) ?? 0
      )
      if places.0 != places.1 { return places.0 < places.1 }
      if left.channel != right.channel { return left.channel.rawValue < right.channel.rawValue }
      return (left.country ?? "~") < (right.country ?? "~")
    }
  }
}

/// What the provider itself counts.
struct ProviderFigures: Sendable {
  let probe: ProviderProbe?
  /// Why there are none.
  let problem: String?

  /// Never throws: the report is useful without them.
  static func ask(_ settings: Settings, _ organisation: Organisation) async -> ProviderFigures {
    do {
      let probe = try await ProviderProbe.run(settings, organisation)
      let outcome = probe.permissions.outcome
      return ProviderFigures(
        probe: probe, problem: outcome.value == nil ? OutcomeWording.text(outcome) : nil)
    } catch {
      return ProviderFigures(probe: nil, problem: Failure(explaining: error).message)
    }
  }
}
