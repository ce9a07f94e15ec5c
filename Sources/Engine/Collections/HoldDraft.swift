import ActionProtocol
import Decisions
import Insights

/// A wish to hold something, checked against the books.
struct HoldDraft {
  private let wish: CollectionHolds.Wish
  private let subject: CollectionHold.Subject
  private let today: LocalDate
  private let promise: PromiseToPay?

  /// - Throws: ``DecisionError``.
  init(
    _ wish: CollectionHolds.Wish, _ organisation: Organisation, _ store: any StoreReading
  ) throws {
    self.wish = wish
    today = organisation.day(store.now)
    let currency: Currency
    switch wish.subject {
    case .invoice(let text):
      guard let found = try store.invoiceSubject(organisation.id, named: text) else {
        throw Self.noInvoice(text)
      }
      subject = .invoice(found.id, of: found.partner)
      currency = found.currency
    case .invoiceRecord(let id):
      guard let found = try Self.invoice(id, organisation.id, store) else {
        throw Self.noInvoice(String(id))
      }
      subject = .invoice(found.id, of: found.partner)
      currency = found.currency
    case .partner(let partner):
      let known = try store.customer(organisation.id, of: partner.rawValue)
      guard let customer = known.flatMap(PartnerID.init(rawValue:)) else {
        throw Self.noCustomer(String(partner.rawValue))
      }
      subject = .customer(customer)
      currency = organisation.profile.currency
    case .customer(let text):
      subject = .customer(try Self.partner(text, organisation.id, store))
      currency = organisation.profile.currency
    }
    promise = try wish.promise.map { try Self.promise($0, currency) }
    try check()
  }

  func hold(id: String, by author: Author, note: String) -> CollectionHold {
    CollectionHold(
      id: id, subject: subject, kind: wish.kind, madeOn: today,
      lastDay: promise?.lastDay ?? wish.lastDay, promise: promise, setBy: author, note: note)
  }

  /// A number that is a customer's, before a name that is one.
  private static func partner(
    _ text: String, _ org: OrgID, _ store: any StoreReading
  ) throws -> PartnerID {
    if let named = try store.partnerSubject(org, named: text) { return named }
    guard let number = Int64(text), let customer = try store.customer(org, of: number),
      let partner = PartnerID(rawValue: customer)
    else { throw noCustomer(text) }
    return partner
  }

  private static func invoice(
    _ id: Int64, _ org: OrgID, _ store: any StoreReading
  ) throws -> InvoiceSubject? {
    let record = RecordReference(model: "account.move", id: id)
    guard let fields = try store.record(org, record)?.fields,
      let partner = fields["partner_id"]?.arrayValue?.first?.integerValue
        .flatMap(PartnerID.init(rawValue:)),
      let code = fields["currency_id"]?.arrayValue?.last?.stringValue,
      let currency = Currency(code: code)
    else { return nil }
    return InvoiceSubject(id: id, partner: partner, currency: currency)
  }

  private static func promise(
    _ wish: CollectionHolds.PromiseWish, _ currency: Currency
  ) throws -> PromiseToPay {
    let currency = wish.currency ?? currency
    guard let amount = Money(decimalText: wish.amount, currency: currency), amount.minorUnits > 0
    else {
      throw refusal(
        "hold.amount", "\(wish.amount.prefix(40)) is no amount of \(currency.code).",
        "Write it as 500 or 500.00, more than zero.")
    }
    guard (0...90).contains(wish.graceDays) else {
      throw refusal(
        "hold.grace", "The grace must be from 0 to 90 days.", "Leave it out for none.")
    }
    return PromiseToPay(amount: amount, due: wish.due, graceDays: wish.graceDays)
  }

  private func check() throws {
    guard (wish.kind == .promise) == (promise != nil) else {
      throw Self.refusal(
        "hold.promise", "A promise needs an amount and a day, and nothing else has them.",
        "Say what was promised and by when, or choose another kind.")
    }
    guard wish.kind != .pause || wish.lastDay != nil else {
      throw Self.refusal(
        "hold.end", "A pause needs a last day.",
        "Name it, or choose never_remind where it has none.")
    }
    guard wish.kind != .neverRemind || wish.lastDay == nil else {
      throw Self.refusal(
        "hold.never", "“Never remind” has no last day.", "Choose a pause, which has one.")
    }
    guard let last = promise?.due ?? wish.lastDay, last < today else { return }
    throw Self.refusal(
      "hold.past", "\(last.iso) is over; today is \(today.iso).", "Name a day that is to come.")
  }

  private static func refusal(_ code: String, _ message: String, _ remedy: String) -> DecisionError
  {
    DecisionError(.invalid, code, message, remedy: remedy)
  }

  private static func noInvoice(_ text: String) -> DecisionError {
    DecisionError(
      .unknown, "hold.no_invoice",
      "The books have no invoice \(text.prefix(80)), or more than one of that number.",
      remedy: "Name it by its number as aiom analyze shows it, or by its external id.")
  }

  private static func noCustomer(_ text: String) -> DecisionError {
    DecisionError(
      .unknown, "hold.no_customer",
      "The books have no customer \(text.prefix(80)), or more than one of that name.",
      remedy: "Name it by its number, its external id, or exactly its name.")
  }
}
