import ActionProtocol

extension FinanceReport {
  /// The report for programs: amounts as `{minor_units, currency}`, days as numbers, a figure that nothing gives as
  /// null with its gap.
  public var json: JSONValue {
    [
      "org_id": .string(orgID.rawValue), "as_of": .string(asOf.iso),
      "records_as_of": recordsAsOf.map { .string($0.rfc3339) } ?? .null,
      "currencies": .array(currencies.map(\.json)), "alerts": .array(alerts.map(\.json)),
      "record_gaps": .array(overdue.gaps.map(\.json)),
    ]
  }
}

extension CurrencyFinance {
  /// One currency's figures.
  public var json: JSONValue {
    [
      "currency": .string(currency.code), "receivables": receivables.json,
      "unallocated": unallocated.json, "payables": payables?.json ?? .null,
      "period_days": .count(periodDays), "billed": money(billed), "credited": money(credited),
      "received": money(received), "opening_receivables": opening.map(money) ?? .null,
      "dso_days": .optional(dso), "best_possible_dso_days": .optional(bestPossibleDSO),
      "average_days_delinquent": .optional(daysDelinquent),
      "collection_effectiveness_percent": .optional(collectionEffectiveness),
      "count_back_dso_days": .optional(countBackDSO),
      "overdue_60_plus": overdue60.json, "overdue_60_plus_percent": .optional(overdue60Percent),
      "concentration": concentration?.json ?? .null, "cash": cash?.json ?? .null,
      "cash_on": cashOn.map { .string($0.iso) } ?? .null, "burn_per_30_days": burn?.json ?? .null,
      "burn_period_days": burn == nil ? .null : .integer(Int64(burnDays)),
      "runway_days": .count(runway?.days),
      "is_burning": runway.map { .bool($0 != .notBurning) } ?? .null,
      "working_capital": workingCapital?.json ?? .null, "net_position": netPosition?.json ?? .null,
      "cash_curve": curve?.json ?? .null,
      "gaps": .array(
        FinanceGap.allCases.filter(gaps.contains).map {
          ["kind": .string($0.rawValue), "remedy": .string($0.remedy)]
        }),
    ]
  }

  private func money(_ minorUnits: Int64) -> JSONValue {
    Money(minorUnits: minorUnits, currency: currency).json
  }
}

extension Concentration {
  /// Shares are 0...1.
  public var json: JSONValue {
    [
      "customers": .integer(Int64(customers)), "largest_partner_id": .integer(largest.rawValue),
      "largest_partner_name": .string(largestName), "largest_open": largestOpen.json,
      "largest_share": .number(largestShare), "top_five_share": .number(topFiveShare),
      "index": .number(index),
    ]
  }
}

extension CashCurve {
  /// Amounts in minor units of the curve's currency.
  public var json: JSONValue {
    [
      "currency": .string(currency.code), "is_learnt": .bool(isLearnt),
      "beyond_median": .integer(beyondMedian), "beyond_cautious": .integer(beyondCautious),
      "weeks": .array(
        weeks.map { week in
          [
            "from": .string(week.from.iso), "to": .string(week.to.iso),
            "receipts_median": .integer(week.receiptsMedian),
            "receipts_cautious": .integer(week.receiptsCautious),
            "payments_median": .amount(week.paymentsMedian),
            "payments_cautious": .amount(week.paymentsCautious),
            "end_median": .amount(week.endMedian), "end_cautious": .amount(week.endCautious),
          ]
        }),
    ]
  }
}

extension FinanceAlert {
  /// `{kind, severity, currency, value, threshold, explanation, records}`.
  public var json: JSONValue {
    [
      "kind": .string(kind.rawValue), "severity": .string(severity.word),
      "currency": .string(currency.code), "value": .number(value),
      "threshold": .number(threshold), "explanation": .string(explanation),
      "records": .array(records.map { .integer($0) }),
    ]
  }
}

extension JSONValue {
  fileprivate static func optional(_ number: Double?) -> JSONValue {
    number.map { .number($0) } ?? .null
  }

  fileprivate static func count(_ number: Int?) -> JSONValue {
    number.map { .integer(Int64($0)) } ?? .null
  }

  fileprivate static func amount(_ number: Int64?) -> JSONValue {
    number.map { .integer($0) } ?? .null
  }
}
