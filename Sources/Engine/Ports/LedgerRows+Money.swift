import ActionProtocol

/// What a supplier asks for.
public struct BillRow: Hashable, Sendable {
  public var externalID: String
  public var number: String
  /// The supplier's name; no record of its own.
  public var supplier: String
  public var issuedOn: LocalDate?
  public var dueOn: LocalDate?
  public var total: Money
  /// What is still to be paid; nil: all of it.
  public var open: Money?
  public var state: InvoiceRow.State

  public init(
    externalID: String, number: String, supplier: String, issuedOn: LocalDate?, dueOn: LocalDate?,
    total: Money, open: Money? = nil, state: InvoiceRow.State = .posted
  ) {
    self.externalID = externalID
    self.number = number
    self.supplier = supplier
    self.issuedOn = issuedOn
    self.dueOn = dueOn
    self.total = total
    self.open = open
    self.state = state
  }
}

/// What stood on an account of the company at the end of a day.
public struct BalanceRow: Hashable, Sendable {
  /// Names account and day; where a source has none, made of both.
  public var externalID: String
  public var account: String
  public var on: LocalDate
  /// Below zero where it is overdrawn.
  public var amount: Money

  public init(externalID: String, account: String, on: LocalDate, amount: Money) {
    self.externalID = externalID
    self.account = account
    self.on = on
    self.amount = amount
  }
}
