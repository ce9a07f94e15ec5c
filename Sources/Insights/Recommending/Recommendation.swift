import ActionProtocol

/// A customer and currency for which nothing is proposed, and why.
public struct SkippedCustomer: Hashable, Sendable {
  public let partnerID: PartnerID
  public let partnerName: String
  public let currency: Currency
  public let reason: SkipReason
  /// The `account.move` ids of the overdue invoices, ascending.
  public let invoiceIDs: [Int64]
}

/// What an analysis leads to: proposals for Intake, and what was deliberately not proposed.
public struct Recommendation: Hashable, Sendable {
  /// In the report's order: by currency, then the largest open amount, then partner id.
  public let proposals: [Proposal]
  /// In the report's order.
  public let skipped: [SkippedCustomer]
}
