import ActionProtocol
import Engine
import Insights

extension SalesView {
  var json: JSONValue {
    let sales = report.sales
    return [
      "analysis_id": .string(report.id), "as_of": .string(sales.asOf.iso),
      "records_as_of": sales.recordsAsOf.map { .string($0.rfc3339) } ?? .null,
      "dry_run": .bool(isDryRun), "open": .integer(Int64(sales.open)),
      "stages": .array(sales.stages.map(Self.json)),
      "won": .integer(Int64(sales.winRate.won)), "lost": .integer(Int64(sales.winRate.lost)),
      "win_rate": .optional(sales.winRate.share),
      "cycle_days": [
        "count": .integer(Int64(sales.cycle.count)), "mean": .optional(sales.cycle.mean),
        "p50": .optional(sales.cycle.percentile(0.5)),
        "p80": .optional(sales.cycle.percentile(0.8)),
        "p95": .optional(sales.cycle.percentile(0.95)),
        "max": sales.cycle.longest.map { .integer(Int64($0)) } ?? .null,
      ],
      "velocity": .array(sales.velocity.map(Self.json)),
      "salespeople": .array(
        sales.salespeople.map { person in
          [
            "name": .string(person.name), "open": .integer(Int64(person.open)),
            "won": .integer(Int64(person.rate.won)), "lost": .integer(Int64(person.rate.lost)),
            "win_rate": .optional(person.rate.share),
          ]
        }),
      "stalled": .array(sales.stalled.map(Self.json)),
      "stalled_unlisted": .integer(Int64(sales.stalledUnlisted)),
      "aged_out": .array(sales.agedOut.map(Self.json)),
      "others": .array(sales.others.map(Self.json)),
      "proposals": .array(
        zip(report.recommendation.proposals, report.outcomes).map { proposal, outcome in
          ["proposal": proposal.json, "result": AnalysisView.json(outcome, isDryRun: isDryRun)]
        }),
      "skipped": .array(
        report.recommendation.skipped.map { one in
          [
            "deal_id": .integer(one.deal.id), "deal_name": .string(one.deal.name),
            "reason": .string(one.reason.code), "explanation": .string(one.reason.explanation),
          ]
        }),
      "gaps": .array(
        PipelineGap.allCases.compactMap { gap in
          sales.gaps[gap].map { count in
            [
              "kind": .string(gap.rawValue), "count": .integer(Int64(count)),
              "remedy": .string(gap.remedy),
            ]
          }
        }),
    ]
  }

  private static func json(_ row: StageRow) -> JSONValue {
    [
      "id": .integer(row.stage.id), "name": .string(row.stage.name),
      "open": .integer(Int64(row.count)), "values": .array(row.values.map(\.json)),
      "stays": .integer(Int64(row.sample.count)),
      "watch_after_days": row.limit.map { .integer(Int64($0.watchAfter)) } ?? .null,
      "stalled_after_days": row.limit.map { .integer(Int64($0.stalledAfter)) } ?? .null,
      "because": row.limit.map { .string($0.explanation) } ?? .null,
    ]
  }

  private static func json(_ velocity: SalesVelocity) -> JSONValue {
    [
      "currency": .string(velocity.currency.code),
      "open_deals": .integer(Int64(velocity.openDeals)), "win_rate": .number(velocity.winRate),
      "mean_won_minor_units": .number(velocity.meanWonValue),
      "mean_cycle_days": .number(velocity.meanCycleDays),
      "minor_units_per_day": .number(velocity.perDay),
    ]
  }

  private static func json(_ finding: DealFinding) -> JSONValue {
    let deal = finding.deal
    return [
      "deal_id": .integer(deal.id), "deal_name": .string(deal.name),
      "partner_id": deal.partnerID.map { .integer($0.rawValue) } ?? .null,
      "partner_name": deal.partnerName.map { .string($0) } ?? .null,
      "salesperson": deal.salesperson.map { .string($0) } ?? .null,
      "stage_id": .integer(deal.stage), "value": deal.value?.json ?? .null,
      "days": finding.days.map { .integer(Int64($0)) } ?? .null,
      "rank": .optional(finding.rank), "chance": .optional(finding.chance),
      "expected": finding.expected?.json ?? .null, "high_value": .bool(finding.isHighValue),
      "issues": .array(
        finding.issues.map { issue in
          ["code": .string(issue.code), "explanation": .string(issue.explanation)]
        }),
    ]
  }
}

extension JSONValue {
  fileprivate static func optional(_ number: Double?) -> JSONValue {
    number.map { .number($0) } ?? .null
  }
}
