import ActionProtocol

/// Which analysis says so. What one no longer says is over; the others' findings stay.
public enum FindingSource: String, CaseIterable, Hashable, Sendable {
  case financial, sales, tasks
}

/// Something that an analysis found and a person should know.
public struct FindingDraft: Hashable, Sendable {
  /// Names what it is about: the same condition has the same fingerprint at every analysis.
  public let fingerprint: String
  /// A stable word.
  public let kind: String
  public let severity: FindingSeverity
  /// One line.
  public let title: String
  /// One or two sentences with the figures.
  public let explanation: String
  /// The figures for programs.
  public let facts: JSONObject
  /// The customer it is about; nil: the company as a whole.
  public let partner: PartnerID?

  public init(
    fingerprint: String, kind: String, severity: FindingSeverity, title: String,
    explanation: String, facts: JSONObject = [:], partner: PartnerID? = nil
  ) {
    self.fingerprint = fingerprint
    self.kind = kind
    self.severity = severity
    self.title = title
    self.explanation = explanation
    self.facts = facts
    self.partner = partner
  }
}

extension FinanceReport {
  /// The alerts, and each customer with two overdue invoices or more: one finding a customer and currency,
  /// however many invoices.
  /// - Parameter formats: how the company's own people write amounts.
  public func findings(_ formats: MessageFormats) -> [FindingDraft] {
    alerts.map(Self.finding)
      + overdue.customers.filter { $0.invoices.count > 1 }.map { Self.finding($0, formats) }
  }

  private static func finding(_ alert: FinanceAlert) -> FindingDraft {
    FindingDraft(
      fingerprint: "financial.\(alert.kind.rawValue):\(alert.currency.code)",
      kind: alert.kind.rawValue, severity: alert.severity, title: title(alert.kind),
      explanation: alert.explanation,
      facts: [
        "currency": .string(alert.currency.code), "value": alert.measure(alert.value),
        "threshold": alert.measure(alert.threshold),
        "records": .array(alert.records.map { .integer($0) }),
      ])
  }

  private static func title(_ kind: FinanceAlert.Kind) -> String {
    switch kind {
    case .lowRunway: "Cash is running short"
    case .overdueShare: "Much of what is owed to you is long overdue"
    case .overdue90: "A lot is owed to you for more than 90 days"
    case .payables90: "You owe bills for more than 90 days"
    case .workingCapital: "You owe more than you are owed"
    }
  }

  private static func finding(
    _ customer: CustomerOverdue, _ formats: MessageFormats
  ) -> FindingDraft {
    let (count, days) = (customer.invoices.count, customer.oldestDaysOverdue)
    let amount = customer.ageing.overdue.amount
    return FindingDraft(
      fingerprint:
        "financial.customer_overdue:\(customer.partnerID.rawValue):\(customer.currency.code)",
      kind: "customer_overdue", severity: days > 90 ? .high : days > 60 ? .medium : .low,
      title: "\(count) overdue invoices of \(Wording.short(customer.partnerName, 80))",
      explanation:
        "\(formats.amount(amount)) is overdue, the oldest invoice for \(days) days.",
      facts: [
        "invoices": .integer(Int64(count)), "overdue": amount.json,
        "oldest_days_overdue": .integer(Int64(days)),
        "invoice_ids": .array(customer.invoices.prefix(20).map { .integer($0.invoice.id) }),
      ], partner: customer.partnerID)
  }
}

extension SalesReport {
  /// Stalled deals, those of one customer together, and one finding for all that are older than any that was won.
  public func findings() -> [FindingDraft] {
    var groups: [String: [DealFinding]] = [:]
    var order: [String] = []
    for deal in stalled {
      let key = deal.deal.partnerID.map { "partner:\($0.rawValue)" } ?? "deal:\(deal.deal.id)"
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(deal)
    }
    let found = order.compactMap { key in groups[key].flatMap { Self.finding(key, $0) } }
    guard !agedOut.isEmpty else { return found }
    return found + [Self.agedOut(agedOut)]
  }

  private static func finding(_ key: String, _ deals: [DealFinding]) -> FindingDraft? {
    guard let first = deals.first else { return nil }
    let name = Wording.short(first.deal.name, 80)
    let who = first.deal.partnerName.map { " of \(Wording.short($0, 80))" } ?? ""
    let days = deals.compactMap(\.days).max()
    return FindingDraft(
      fingerprint: "sales.stalled:\(key)", kind: "stalled_deals",
      severity: deals.contains(where: \.isHighValue) ? .high : .medium,
      title: deals.count == 1 ? "Stalled: \(name)\(who)" : "\(deals.count) stalled deals\(who)",
      explanation: days.map { "Nothing moved for \($0) days." } ?? "Nothing moved for long.",
      facts: [
        "deals": .integer(Int64(deals.count)),
        "deal_ids": .array(deals.prefix(20).map { .integer($0.deal.id) }),
        "days": days.map { .integer(Int64($0)) } ?? .null,
      ], partner: first.deal.partnerID)
  }

  private static func agedOut(_ deals: [DealFinding]) -> FindingDraft {
    FindingDraft(
      fingerprint: "sales.aged_out", kind: "aged_out_deals", severity: .low,
      title: "\(deals.count) open deals are older than any that was won",
      explanation: "Close them, or say why not: aiom analyze sales lists them.",
      facts: [
        "deals": .integer(Int64(deals.count)),
        "deal_ids": .array(deals.prefix(20).map { .integer($0.deal.id) }),
      ])
  }
}
