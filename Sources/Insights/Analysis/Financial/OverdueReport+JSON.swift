import ActionProtocol

extension OverdueReport {
  /// The report for programs: amounts as `{minor_units, currency}`, days as `yyyy-mm-dd`, currencies
  /// and customers in the report's order.
  public var json: JSONValue {
    [
      "org_id": .string(orgID.rawValue), "as_of": .string(asOf.iso),
      "records_as_of": recordsAsOf.map { .string($0.rfc3339) } ?? .null,
      "ageing": .array(currencies.compactMap { ageing[$0]?.json }),
      "customers": .array(customers.map(\.json)),
      "unallocated": .array(
        unallocated.values.sorted { $0.currency.code < $1.currency.code }.map(\.json)),
      "gaps": .array(gaps.map(\.json)),
      "left_aside": [
        "not_posted": .integer(Int64(leftAside.notPosted)),
        "not_yet_issued": .integer(Int64(leftAside.notYetIssued)),
        "settled": .integer(Int64(leftAside.settled)),
      ],
    ]
  }
}

extension AgeingTable {
  /// `{currency, rows, total, overdue, not_due, disputed_overdue}`, rows by the bucket's label.
  public var json: JSONValue {
    let rows = JSONObject(AgeingBucket.allCases.map { ($0.label, self[$0].json) })
    return [
      "currency": .string(currency.code), "rows": .object(rows), "total": total.json,
      "overdue": overdue.json, "not_due": notDue.json, "disputed_overdue": disputedOverdue.json,
    ]
  }
}

extension AgeingCell {
  /// `{count, amount}`.
  public var json: JSONValue { ["count": .integer(Int64(count)), "amount": amount.json] }
}

extension CustomerOverdue {
  /// The customer with every overdue invoice.
  public var json: JSONValue {
    [
      "partner_id": .integer(partnerID.rawValue), "partner_name": .string(partnerName),
      "currency": .string(currency.code), "oldest_days_overdue": .integer(Int64(oldestDaysOverdue)),
      "open": ageing.total.amount.json, "overdue": ageing.overdue.amount.json,
      "unallocated_credit": unallocatedCredit.json, "invoices": .array(invoices.map(\.json)),
    ]
  }
}

extension OverdueInvoice {
  /// `{id, number, due_on, days_overdue, open, disputed, never_remind}`.
  public var json: JSONValue {
    [
      "id": .integer(invoice.id), "number": .string(invoice.number), "due_on": .string(dueOn.iso),
      "days_overdue": .integer(Int64(daysOverdue)), "open": invoice.open.json,
      "disputed": .bool(invoice.isDisputed), "never_remind": .bool(invoice.neverRemind),
    ]
  }
}

extension BookGap {
  /// `{kind, invoice_id, number, partner_id, amount, remedy}`.
  public var json: JSONValue {
    [
      "kind": .string(kind.rawValue), "invoice_id": invoiceID.map { .integer($0) } ?? .null,
      "number": .string(number), "partner_id": .integer(partnerID.rawValue),
      "amount": amount.json, "remedy": .string(remedy),
    ]
  }
}

extension SkippedCustomer {
  /// `{partner_id, partner_name, currency, reason, explanation, invoice_ids}`.
  public var json: JSONValue {
    [
      "partner_id": .integer(partnerID.rawValue), "partner_name": .string(partnerName),
      "currency": .string(currency.code), "reason": .string(reason.code),
      "explanation": .string(reason.explanation),
      "invoice_ids": .array(invoiceIDs.map { .integer($0) }),
    ]
  }
}
