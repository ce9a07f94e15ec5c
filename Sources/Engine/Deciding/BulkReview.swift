import ActionProtocol
import Decisions

/// What a person looks at before approving several actions in one stroke.
public struct BulkReview: Hashable, Sendable {
  public struct Item: Hashable, Sendable {
    public var state: ActionState
    /// One sentence of what will happen.
    public var sentence: String
    /// Whom it reaches, as the provider is told.
    public var recipients: [String]
    /// What it is about; nil where it is about no money.
    public var amount: Money?
  }

  public var items: [Item]

  /// The sum of the amounts in each currency, by code.
  public var totals: [Money] {
    var totals: [Currency: Money] = [:]
    for money in items.compactMap(\.amount) {
      totals[money.currency] = totals[money.currency].flatMap { $0.adding(money) } ?? money
    }
    return totals.values.sorted { $0.currency.code < $1.currency.code }
  }
}
