import ActionProtocol

/// Which deals want a look, and how the pipeline does.
///
/// - Days in a stage are counted from the day on which the deal came to it, never from its last change:
///   imports and bulk edits change records without moving them.
/// - What is long is learnt from deals that went on; those that are still open are not asked.
/// - Amounts of different currencies are never added; lists have the company's currency first.
public enum SalesAnalysis {
  /// Total: every snapshot has a report, an empty one an empty report. Time is linear in the deals, apart
  /// from sorting.
  public static func analyze(_ pipeline: PipelineSnapshot, rules: SalesRules) -> SalesReport {
    var intake = DealIntake(pipeline)
    let deals = pipeline.deals.compactMap { intake.taken($0) }
    let measure = StageMeasure(deals, rules)
    let open = deals.filter { $0.state == .open }
    let findings = open.compactMap { finding($0, pipeline, measure, rules) }
      .sorted { precedes($0, $1, pipeline.company.currency) }
    let stalled = findings.filter(\.isStalled)
    let listed = max(rules.leastListed, open.count * rules.listedPercent / 100)
    let window = Window(deals, pipeline.asOf, rules.windowDays)
    return SalesReport(
      orgID: pipeline.company.orgID, asOf: pipeline.asOf, recordsAsOf: pipeline.recordsAsOf,
      open: open.count, stages: rows(pipeline.stages, open, measure),
      stalled: Array(stalled.prefix(listed)), stalledUnlisted: max(0, stalled.count - listed),
      agedOut: findings.filter(\.isAgedOut),
      others: findings.filter { !$0.isStalled && !$0.isAgedOut }, winRate: window.rate,
      salespeople: window.salespeople(open), cycle: window.cycle, velocity: window.velocity(open),
      gaps: intake.gaps)
  }

  // MARK: - Deals

  private static func finding(
    _ deal: DealFacts, _ pipeline: PipelineSnapshot, _ measure: StageMeasure, _ rules: SalesRules
  ) -> DealFinding? {
    let reading = measure.reading(deal, pipeline.asOf)
    let issues = (reading.map(stay) ?? []) + dates(deal, pipeline.asOf, rules)
    guard !issues.isEmpty else { return nil }
    return DealFinding(
      deal: deal, issues: issues, days: reading?.days, rank: reading?.rank,
      chance: reading?.chance, expected: expected(deal.value, reading?.chance),
      isHighValue: deal.value.map {
        $0.currency == rules.highValue.currency && $0.minorUnits >= rules.highValue.minorUnits
      } ?? false)
  }

  private static func stay(_ reading: StayReading) -> [DealIssue] {
    let (days, limit) = (reading.days, reading.limit)
    if let longest = limit.longest, days > max(longest, limit.stalledAfter) {
      return [.agedOut(days: days, limit: limit)]
    }
    if days > limit.stalledAfter { return [.stalled(days: days, limit: limit)] }
    return days > limit.watchAfter ? [.slow(days: days, limit: limit)] : []
  }

  private static func dates(
    _ deal: DealFacts, _ asOf: LocalDate, _ rules: SalesRules
  ) -> [DealIssue] {
    var issues: [DealIssue] = []
    let active = [deal.lastActivityOn, deal.lastContactOn].compactMap { $0 }.max()
    if let active, asOf.days(since: active) > rules.idleDays {
      issues.append(.idle(days: asOf.days(since: active)))
    }
    if let close = deal.expectedClose, close < asOf {
      issues.append(.closeDatePast(days: asOf.days(since: close)))
    }
    if deal.postponed >= rules.slippingAfter { issues.append(.slipping(times: deal.postponed)) }
    return issues
  }

  private static func expected(_ value: Money?, _ chance: Double?) -> Money? {
    guard let value else { return nil }
    let units = (Double(value.minorUnits) * (chance ?? 1)).rounded()
    return Int64(exactly: units).map { Money(minorUnits: $0, currency: value.currency) }
  }

  /// The company's currency first, then by code; the largest first; without a value last; ties by id.
  private static func precedes(
    _ left: DealFinding, _ right: DealFinding, _ own: Currency
  ) -> Bool {
    let key = { (finding: DealFinding) -> (Int, String, Int64, Int64) in
      guard let expected = finding.expected else { return (2, "", 0, finding.deal.id) }
      let place = expected.currency == own ? 0 : 1
      return (place, expected.currency.code, -expected.minorUnits, finding.deal.id)
    }
    return key(left) < key(right)
  }

  // MARK: - Stages

  private static func rows(
    _ stages: [StageFacts], _ open: [DealFacts], _ measure: StageMeasure
  ) -> [StageRow] {
    let byStage = Dictionary(grouping: open, by: \.stage)
    return stages.compactMap { stage in
      let (deals, sample) = (byStage[stage.id] ?? [], measure.sample(stage.id))
      guard !deals.isEmpty || sample.count > 0 else { return nil }
      var sums: [Currency: Money] = [:]
      for value in deals.compactMap(\.value) {
        sums[value.currency] =
          (sums[value.currency] ?? Money(minorUnits: 0, currency: value.currency)).adding(value)
          ?? sums[value.currency]
      }
      return StageRow(
        stage: stage, count: deals.count,
        values: sums.values.sorted { $0.currency.code < $1.currency.code },
        limit: sample.count > 0 || deals.contains { $0.stageSince != nil }
          ? measure.limit(stage.id) : nil, sample: sample)
    }
  }
}

/// Tells deals that contradict themselves from the others.
private struct DealIntake {
  private let stages: Set<Int64>
  private var seen: Set<Int64> = []
  private(set) var gaps: [PipelineGap: Int] = [:]

  init(_ pipeline: PipelineSnapshot) { stages = Set(pipeline.stages.map(\.id)) }

  /// Sums beyond this are no longer exact in JSON (DECISIONS 2), so no single value may come near it.
  private static let largestValue: Int64 = 9_007_199_254_740

  mutating func taken(_ deal: DealFacts) -> DealFacts? {
    guard seen.insert(deal.id).inserted else { return leave(.duplicateRecord) }
    guard stages.contains(deal.stage) else { return leave(.unknownStage) }
    var deal = deal
    if let value = deal.value, !(0...Self.largestValue).contains(value.minorUnits) {
      note(.negativeValue)
      deal.value = nil
    }
    if let opened = deal.openedOn, let closed = deal.closedOn, closed < opened {
      note(.closedBeforeOpened)
      deal.openedOn = nil
      deal.stays = []
    }
    if deal.state == .open {
      if deal.stageSince == nil, deal.openedOn == nil { note(.noStageDate) }
      if deal.value == nil { note(.noValue) }
      if deal.partnerID == nil { note(.noCustomer) }
    }
    return deal
  }

  private mutating func leave(_ gap: PipelineGap) -> DealFacts? {
    note(gap)
    return nil
  }

  private mutating func note(_ gap: PipelineGap) { gaps[gap, default: 0] += 1 }
}
