import ActionProtocol

/// How long a deal may take before it is looked at, and where that is from.
public struct StageLimit: Hashable, Sendable {
  public enum Source: Hashable, Sendable {
    /// The organisation's own number of days.
    case setting
    /// The days that so many deals took in this stage before they went on.
    case stage(sample: Int)
    /// The same over all stages, because this one has too few.
    case pipeline(sample: Int)
    /// The days from beginning to win of so many deals, for one whose stage has no known first day.
    case cycle(sample: Int)
    /// Nothing to learn from yet.
    case standard
  }

  public var source: Source
  /// Longer than this is worth a look: the 80th percentile of a sample, or the setting.
  public var watchAfter: Int
  /// Longer than this is stalled: the 95th percentile of a sample, or the setting.
  public var stalledAfter: Int
  /// No deal that went on took longer; nil without a sample.
  public var longest: Int?

  /// True where days since the deal began are meant, not days in its stage.
  public var isOfCycle: Bool { if case .cycle = source { true } else { false } }

  /// Such as `P95 of 4,238 deals that went on = 116 days`.
  public var explanation: String {
    switch source {
    case .setting: "set to \(stalledAfter) days"
    case .stage(let count):
      "P95 of \(count) deals that went on from this stage = \(stalledAfter) days"
    case .pipeline(let count):
      "P95 of \(count) stays in any stage, too few in this one = \(stalledAfter) days"
    case .cycle(let count): "P95 of \(count) won deals from beginning to win = \(stalledAfter) days"
    case .standard: "\(stalledAfter) days, until enough deals have gone on to learn from"
    }
  }
}

/// What the deals of the past say about stays in each stage.
///
/// A stay counts for the sample where the deal left the stage towards a win: it went on to another
/// stage, or was won there, and was not lost. Deals that are still open in a stage are not in its sample,
/// because nobody knows how long they will take.
struct StageMeasure {
  private let samples: [Int64: DaySample]
  private let all: DaySample
  /// By stage: how long the deals that are over stayed in it altogether.
  private let won: [Int64: DaySample]
  private let lost: [Int64: DaySample]
  /// From beginning to end.
  private let wonCycle: DaySample
  private let lostCycle: DaySample
  private let rules: SalesRules
  private let rate: Double?

  init(_ deals: [DealFacts], _ rules: SalesRules) {
    var (went, won, lost): ([Int64: [Int]], [Int64: [Int]], [Int64: [Int]]) = ([:], [:], [:])
    for deal in deals {
      for stay in deal.stays {
        guard let days = stay.days else { continue }
        if deal.state != .lost { went[stay.stage, default: []].append(days) }
        switch deal.state {
        case .won: won[stay.stage, default: []].append(days)
        case .lost: lost[stay.stage, default: []].append(days)
        case .open: break
        }
      }
    }
    self.rules = rules
    samples = went.mapValues { DaySample($0) }
    all = DaySample(went.values.joined())
    self.won = won.mapValues { DaySample($0) }
    self.lost = lost.mapValues { DaySample($0) }
    wonCycle = DaySample(deals.filter { $0.state == .won }.compactMap(\.cycleDays))
    lostCycle = DaySample(deals.filter { $0.state == .lost }.compactMap(\.cycleDays))
    let closed = deals.count { $0.state != .open }
    rate = closed == 0 ? nil : Double(deals.count { $0.state == .won }) / Double(closed)
  }

  /// What an open deal is measured by; nil where nobody knows since when it is where it is.
  func reading(_ deal: DealFacts, _ asOf: LocalDate) -> StayReading? {
    if let since = deal.stageSince {
      let days = max(0, asOf.days(since: since))
      let own = sample(deal.stage)
      return StayReading(
        days: days, limit: limit(deal.stage),
        rank: rank(days, own.count >= rules.leastSample ? own : all),
        chance: chance(days, won[deal.stage], lost[deal.stage]))
    }
    guard let opened = deal.openedOn, wonCycle.count >= rules.leastSample else { return nil }
    let days = max(0, asOf.days(since: opened))
    return StayReading(
      days: days, limit: limit(wonCycle, .cycle(sample: wonCycle.count)),
      rank: rank(days, wonCycle), chance: chance(days, wonCycle, lostCycle))
  }

  func sample(_ stage: Int64) -> DaySample { samples[stage] ?? DaySample([]) }

  func limit(_ stage: Int64) -> StageLimit {
    if let days = rules.stageDays[stage] {
      return StageLimit(source: .setting, watchAfter: days, stalledAfter: days, longest: nil)
    }
    let own = sample(stage)
    if own.count >= rules.leastSample { return limit(own, .stage(sample: own.count)) }
    if all.count >= rules.leastSample { return limit(all, .pipeline(sample: all.count)) }
    return StageLimit(
      source: .standard, watchAfter: rules.defaultDays, stalledAfter: rules.defaultDays,
      longest: nil)
  }

  private func limit(_ sample: DaySample, _ source: StageLimit.Source) -> StageLimit {
    let days = { (share: Double) in
      let found = Int((sample.percentile(share) ?? 0).rounded(.up))
      return min(max(found, rules.clamp.lowerBound), rules.clamp.upperBound)
    }
    return StageLimit(
      source: source, watchAfter: days(0.8), stalledAfter: days(0.95), longest: sample.longest)
  }

  /// Of the deals that are over and took longer, the share (0...1) that was won; nil where none took longer.
  /// The fewer there are, the nearer it is to the share of all deals that were won, which counts as one
  /// deal more.
  private func chance(_ days: Int, _ won: DaySample?, _ lost: DaySample?) -> Double? {
    guard let rate else { return nil }
    let (won, lost) = (won?.count(over: days) ?? 0, lost?.count(over: days) ?? 0)
    return won + lost == 0 ? nil : (Double(won) + rate) / Double(won + lost + 1)
  }

  /// Which share (0...1) of a sample took no longer than so many days.
  private func rank(_ days: Int, _ sample: DaySample) -> Double? {
    guard sample.count >= rules.leastSample else { return nil }
    return Double(sample.count - sample.count(over: days)) / Double(sample.count)
  }
}

/// How long an open deal has taken, and how that compares.
struct StayReading {
  let days: Int
  let limit: StageLimit
  let rank: Double?
  let chance: Double?
}
