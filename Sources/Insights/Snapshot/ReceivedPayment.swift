import ActionProtocol

/// Money that came from a customer for an invoice, as the books say.
public struct ReceivedPayment: Hashable, Sendable {
  /// The `account.payment` id.
  public var id: Int64
  public var partner: PartnerID
  public var amount: Money
  public var receivedOn: LocalDate
  public var invoice: Invoice

  /// The invoice as it stands after all that is known.
  public struct Invoice: Hashable, Sendable {
    public var id: Int64
    public var number: String
    /// Below zero where too much was paid.
    public var open: Money

    public init(id: Int64, number: String, open: Money) {
      self.id = id
      self.number = number
      self.open = open
    }
  }

  public init(
    id: Int64, partner: PartnerID, amount: Money, receivedOn: LocalDate, invoice: Invoice
  ) {
    self.id = id
    self.partner = partner
    self.amount = amount
    self.receivedOn = receivedOn
    self.invoice = invoice
  }
}
