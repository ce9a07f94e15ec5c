import ActionProtocol
import Addressing
import Engine

/// The demo's books: Acme Corp of the user's worked example and forty customers that exist nowhere.
///
/// Everything is written down, nothing is random; dates are relative to the day the demo runs, so
/// that INV-2024-001 is always 60 days overdue. But for Acme's, all addresses end in `.example`.
enum DemoCompany {
  /// A customer whose business hours the demo closes by a window setting, so that one approved
  /// reminder is seen waiting for quiet hours to end.
  static let quietCustomer = "Night Owl Trading Ltd"

  /// The rows of every kind, in the order in which they have to be imported.
  /// - Throws: where an address or currency of the table is none; a test keeps that from happening.
  static func rows(today: LocalDate) throws -> [LedgerKind: [LedgerRow]] {
    var rows: [LedgerKind: [LedgerRow]] = [:]
    var number = 0
    for (index, customer) in customers.enumerated() {
      let id = "C" + String(1001 + index)
      rows[.partners, default: []].append(.partner(try customer.row(id)))
      if let contact = customer.contact {
        rows[.contacts, default: []].append(.contact(try contact.row(of: id)))
      }
      for invoice in customer.invoices {
        number += 1
        let booked = BookedInvoice(
          number, invoice, partner: id, try money(in: customer.currency), today)
        rows[.invoices, default: []].append(.invoice(booked.row))
        rows[.payments, default: []] += booked.payments.map { .payment($0) }
        rows[.credits, default: []] += booked.credits.map { .credit($0) }
        rows[.disputes, default: []] += booked.disputes.map { .dispute($0) }
      }
    }
    rows[.deals] = try deals(today: today).map { .deal($0) }
    rows[.tasks] = tasks(today: today).map { .task($0) }
    return rows
  }

  /// Amounts in the currency of a code.
  static func money(in code: String) throws -> (Int64) -> Money {
    guard let currency = Currency(code: code) else { throw UnknownCurrency(code: code) }
    return { Money(minorUnits: $0, currency: currency) }
  }

  struct UnknownCurrency: Error {
    let code: String
  }

  /// The kinds in the order in which they have to be imported: what is named goes first.
  static let order: [LedgerKind] = [
    .partners, .contacts, .invoices, .payments, .credits, .disputes, .deals, .tasks,
  ]
}

/// A customer of the table.
struct DemoCustomer {
  var name: String
  /// Nil for the customer without an address, whose invoice becomes a task instead of a mail.
  var email: String?
  var country: String
  var zone: String
  var language: String
  var currency: String
  var phone: String?
  var contact: DemoContact?
  var isBlacklisted = false
  var invoices: [DemoInvoice]

  init(
    _ name: String, _ email: String?, _ place: DemoPlace, phone: String? = nil,
    contact: DemoContact? = nil, isBlacklisted: Bool = false, _ invoices: [DemoInvoice]
  ) {
    self.name = name
    self.email = email
    (country, zone, language, currency) = (
      place.country, place.zone, place.language, place.currency
    )
    self.phone = phone
    self.contact = contact
    self.isBlacklisted = isBlacklisted
    self.invoices = invoices
  }

  func row(_ id: String) throws -> PartnerRow {
    PartnerRow(
      externalID: id, name: name, email: try email.map { try EmailAddress($0) },
      phone: try phone.map { try PhoneNumber(e164: $0) }, country: country, zone: zone,
      language: language, isBlacklisted: isBlacklisted)
  }
}

/// Where a customer is, and in what it is billed.
struct DemoPlace {
  var country: String
  var zone: String
  var language: String
  var currency: String

  init(_ country: String, _ zone: String, _ language: String, _ currency: String) {
    self.country = country
    self.zone = zone
    self.language = language
    self.currency = currency
  }
}

/// Somebody in a customer's accounts department.
struct DemoContact {
  var name: String
  var email: String

  func row(of partner: String) throws -> ContactRow {
    ContactRow(
      externalID: partner + "-billing", partner: partner, name: name,
      email: try EmailAddress(email), role: "billing")
  }
}

/// An invoice of the table; amounts in minor units, days counted from the demo's today.
struct DemoInvoice {
  var total: Int64
  /// Negative = overdue by so many days.
  var due: Int
  var paid: [Movement] = []
  var credited: [Movement] = []
  /// How many days ago the customer objected; nil = never.
  var disputed: Int?

  struct Movement {
    var amount: Int64
    var daysAgo: Int
  }

  init(_ total: Int64, due: Int) {
    self.total = total
    self.due = due
  }

  func paying(_ amount: Int64, daysAgo: Int) -> DemoInvoice {
    var copy = self
    copy.paid.append(Movement(amount: amount, daysAgo: daysAgo))
    return copy
  }

  func crediting(_ amount: Int64, daysAgo: Int) -> DemoInvoice {
    var copy = self
    copy.credited.append(Movement(amount: amount, daysAgo: daysAgo))
    return copy
  }

  func disputing(daysAgo: Int) -> DemoInvoice {
    var copy = self
    copy.disputed = daysAgo
    return copy
  }
}

/// An invoice of the table with its number and dates.
private struct BookedInvoice {
  let row: InvoiceRow
  let payments: [SettlementRow]
  let credits: [SettlementRow]
  let disputes: [DisputeRow]

  /// - Parameter count: 1 for INV-2024-001.
  init(
    _ count: Int, _ invoice: DemoInvoice, partner: String, _ money: @escaping (Int64) -> Money,
    _ today: LocalDate
  ) {
    let digits = String(count)
    let number = "INV-2024-" + String(repeating: "0", count: 3 - digits.count) + digits
    let due = today.adding(days: invoice.due)
    row = InvoiceRow(
      externalID: number, number: number, partner: partner, issuedOn: due.adding(days: -30),
      dueOn: due, total: money(invoice.total))
    let settle = { (mark: String, movements: [DemoInvoice.Movement]) in
      movements.enumerated().map { index, movement in
        SettlementRow(
          externalID: "\(mark)-\(number)-\(index + 1)", invoice: number, partner: partner,
          amount: money(movement.amount),
          on: today.adding(days: -movement.daysAgo))
      }
    }
    payments = settle("PAY", invoice.paid)
    credits = settle("CN", invoice.credited)
    disputes = (invoice.disputed.map { [$0] } ?? []).map { daysAgo in
      DisputeRow(
        externalID: "DSP-" + number, invoice: number, openedOn: today.adding(days: -daysAgo),
        reason: "Customer says the delivery was incomplete.")
    }
  }
}
