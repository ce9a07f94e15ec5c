import ActionProtocol

/// What a customer paid in a currency on a day: one row of a bank statement may be many rows of a ledger,
/// one for each invoice that it settles.
struct Receipt: Hashable, Sendable {
  /// A plan has at most 500 checks, each invoice and each payment needs some.
  private static let mostPayments = 80

  let partner: PartnerID
  let receivedOn: LocalDate
  /// Ascending by id; never empty.
  let payments: [ReceivedPayment]
  let amount: Money
  /// What was paid of each invoice, in the order of the payments.
  let settled: [Settled]

  struct Settled: Hashable, Sendable {
    let invoice: ReceivedPayment.Invoice
    var paid: Money
  }

  private init?(_ payments: [ReceivedPayment]) {
    guard let first = payments.first else { return nil }
    (partner, receivedOn, self.payments) = (first.partner, first.receivedOn, payments)
    let currency = first.amount.currency
    amount = Money(
      minorUnits: payments.reduce(0) { $0 + $1.amount.minorUnits }, currency: currency)
    var settled: [Settled] = []
    for payment in payments {
      if let place = settled.firstIndex(where: { $0.invoice.id == payment.invoice.id }) {
        settled[place].paid = Money(
          minorUnits: settled[place].paid.minorUnits + payment.amount.minorUnits,
          currency: currency)
      } else {
        settled.append(Settled(invoice: payment.invoice, paid: payment.amount))
      }
    }
    self.settled = settled
  }

  /// By customer, currency and day.
  static func grouped(_ payments: [ReceivedPayment]) -> [Receipt] {
    let groups = Dictionary(grouping: payments) {
      Group(partner: $0.partner, currency: $0.amount.currency.code, day: $0.receivedOn)
    }
    return groups.sorted { $0.key < $1.key }.flatMap { group in
      let sorted = group.value.sorted { $0.id < $1.id }
      return stride(from: 0, to: sorted.count, by: mostPayments).compactMap {
        Receipt(Array(sorted[$0..<min($0 + mostPayments, sorted.count)]))
      }
    }
  }

  private struct Group: Hashable, Comparable {
    let partner: PartnerID
    let currency: String
    let day: LocalDate

    static func < (first: Group, second: Group) -> Bool {
      (first.partner.rawValue, first.currency, first.day)
        < (second.partner.rawValue, second.currency, second.day)
    }
  }

  /// What is still open on the invoices together.
  var remainder: Money {
    Money(
      minorUnits: settled.reduce(0) { $0 + max(0, $1.invoice.open.minorUnits) },
      currency: amount.currency)
  }

  /// The values of a `payment_confirmation`.
  func values(
    to customer: PartnerFacts, _ company: CompanyProfile, _ formats: MessageFormats
  ) -> JSONObject {
    var values = SenderValues.make(company)
    values["customer_name"] = .string(customer.name)
    values["amount"] = .string(formats.amount(amount))
    values["received_on"] = .string(formats.longDate(receivedOn))
    values["is_single"] = .bool(settled.count == 1)
    values["count"] = .string(String(settled.count))
    values["invoice_number"] = settled.first.map { .string($0.invoice.number) }
    values["is_settled"] = .bool(remainder.minorUnits == 0)
    if remainder.minorUnits > 0 { values["remainder"] = .string(formats.amount(remainder)) }
    values["invoices"] = .array(
      settled.map { one in
        let open = Money(
          minorUnits: max(0, one.invoice.open.minorUnits), currency: amount.currency)
        return [
          "number": .string(one.invoice.number), "paid": .string(formats.amount(one.paid)),
          "open": .string(formats.amount(open)),
        ]
      })
    return values
  }
}
