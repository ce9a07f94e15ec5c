import ActionProtocol
import Engine
import Insights

extension AnalysisView {
  var json: JSONValue {
    let overdue = report.overdue
    return [
      "analysis_id": .string(report.id), "as_of": .string(overdue.asOf.iso),
      "records_as_of": overdue.recordsAsOf.map { .string($0.rfc3339) } ?? .null,
      "dry_run": .bool(isDryRun),
      "ageing": .object(
        JSONObject(
          overdue.currencies.compactMap { currency in
            overdue.ageing[currency].map { (currency.code, Self.json($0)) }
          })),
      "customers": .array(overdue.customers.map(Self.json)),
      "proposals": .array(
        report.recommendation.proposals.enumerated().map { index, proposal in
          [
            "proposal": proposal.json,
            "result": report.outcomes.indices.contains(index)
              ? Self.json(report.outcomes[index], isDryRun: isDryRun) : .null,
          ]
        }),
      "skipped": .array(report.recommendation.skipped.map(Self.json)),
      "confirmations": report.confirmations.map { ConfirmationView($0, isDryRun).json } ?? .null,
      "promises": HoldView.json(report.promises),
      "gaps": .array(overdue.gaps.map(Self.json)),
    ]
  }

  private static func json(_ table: AgeingTable) -> JSONValue {
    var buckets = JSONObject()
    for bucket in AgeingBucket.allCases { buckets[bucket.label] = json(table[bucket]) }
    return [
      "buckets": .object(buckets), "total": json(table.total), "overdue": json(table.overdue),
      "disputed_overdue": json(table.disputedOverdue),
    ]
  }

  private static func json(_ cell: AgeingCell) -> JSONValue {
    ["count": .integer(Int64(cell.count)), "amount": .string(cell.amount.decimalText)]
  }

  private static func json(_ customer: CustomerOverdue) -> JSONValue {
    [
      "partner_id": .integer(customer.partnerID.rawValue),
      "partner_name": .string(customer.partnerName), "currency": .string(customer.currency.code),
      "overdue": .string(customer.ageing.overdue.amount.decimalText),
      "unallocated_credit": .string(customer.unallocatedCredit.decimalText),
      "oldest_days_overdue": .integer(Int64(customer.oldestDaysOverdue)),
      "invoices": .array(
        customer.invoices.map { one in
          [
            "id": .integer(one.invoice.id), "number": .string(one.invoice.number),
            "due_on": .string(one.dueOn.iso), "open": .string(one.invoice.open.decimalText),
            "days_overdue": .integer(Int64(one.daysOverdue)),
            "bucket": .string(one.bucket.label), "disputed": .bool(one.invoice.isDisputed),
          ]
        }),
    ]
  }

  static func json(_ outcome: IntakeOutcome, isDryRun: Bool) -> JSONValue {
    switch outcome {
    case .created where isDryRun: ["result": "would_be_created"]
    case .created(let state): ["result": "created", "action_id": .string(state.id.rawValue)]
    case .existing(let state, let reason):
      [
        "result": "existing", "reason": .string(reason.rawValue),
        "action_id": .string(state.id.rawValue),
      ]
    case .conflict(let state): ["result": "conflict", "action_id": .string(state.id.rawValue)]
    case .invalid(let issues):
      ["result": "invalid", "issues": .array(issues.map(\.json))]
    }
  }

  private static func json(_ skipped: SkippedCustomer) -> JSONValue {
    [
      "partner_id": .integer(skipped.partnerID.rawValue),
      "partner_name": .string(skipped.partnerName), "currency": .string(skipped.currency.code),
      "code": .string(skipped.reason.code), "explanation": .string(skipped.reason.explanation),
    ]
  }

  private static func json(_ gap: BookGap) -> JSONValue {
    [
      "kind": .string(gap.kind.rawValue), "number": .string(gap.number),
      "partner_id": .integer(gap.partnerID.rawValue), "amount": .string(gap.amount.decimalText),
      "remedy": .string(gap.remedy),
    ]
  }
}
