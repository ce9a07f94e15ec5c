import ActionProtocol
import Decisions
import Insights

/// A customer in a list.
public struct CustomerLine: Hashable, Sendable {
  public var record: CustomerRecord
  public var debts: [CustomerDebt]
}

/// A page of customers by name.
public struct CustomerPage: Hashable, Sendable {
  public var lines: [CustomerLine]
  public var next: CustomerCursor?
}

/// A hold of a customer or of one of their invoices.
public struct CustomerHold: Hashable, Sendable {
  public var id: String
  /// Why, until when, who, and their words.
  public var explanation: String
  public var isBinding: Bool

  init(id: String, explanation: String, isBinding: Bool) {
    self.id = id
    self.explanation = explanation
    self.isBinding = isBinding
  }

  /// One that was just set.
  public init(new hold: CollectionHold) {
    self.init(id: hold.id, explanation: hold.explanation, isBinding: true)
  }
}

/// Everything about a customer that decides what may be sent next.
public struct CustomerPicture: Sendable {
  public var record: CustomerRecord
  public var contacts: [CustomerRecord]
  /// Other numbers of the same customer, merged with it.
  public var mergedWith: [PartnerID]
  public var debts: [CustomerDebt]
  /// The earliest due first, at most ``Customers/mostInvoices``.
  public var invoices: [OpenInvoice]
  public var holds: [CustomerHold]
  /// What was sent on each channel and what the guard would say next.
  public var outreach: [OutreachPicture]
  /// What forbids messages to the customer's own addresses.
  public var suppressions: [Suppression]
  /// When the customer last wrote, as far as the records of a source tell.
  public var lastAnswer: Instant?
  /// Proposed, approved or under way.
  public var live: [ActionState]
  /// Ended, the latest first.
  public var ended: [ActionState]
  /// The day on the org's clock.
  public var today: LocalDate
  public var now: Instant
}
