import ActionProtocol
import Addressing
import Insights

extension BooksSnapshot {
  /// Replaces what was brought from books outside by what they say now.
  mutating func correct(by live: LiveReading) {
    invoices = invoices.compactMap { invoice in
      switch live.answers[RecordReference(model: "account.move", id: invoice.id)] {
      case nil, .unavailable?: return invoice
      case .missing?: return nil
      case .found(let fields)?: return invoice.corrected(by: fields)
      }
    }
    partners = partners.compactMap { partner in
      let record = RecordReference(model: "res.partner", id: partner.emailRecordID)
      switch live.answers[record] {
      case nil, .unavailable?: return partner
      case .missing?: return nil
      case .found(let fields)?: return partner.corrected(by: fields)
      }
    }
  }
}

extension InvoiceFacts {
  /// Nil where it is settled or not posted any more.
  fileprivate func corrected(by fields: JSONObject) -> InvoiceFacts? {
    if let state = fields["state"], state != .string("posted") { return nil }
    if fields[Revalidation.disputed] == .bool(true) { return nil }
    let isOpen = ["not_paid", "partial"].map { JSONValue.string($0) }
    if let paid = fields["payment_state"], !isOpen.contains(paid) { return nil }
    var copy = self
    if case .string(let text)? = fields["amount_residual"],
      let open = Money(decimalText: text, currency: open.currency)
    {
      copy.open = open
    }
    return copy
  }
}

extension PartnerFacts {
  fileprivate func corrected(by fields: JSONObject) -> PartnerFacts {
    var copy = self
    if let email = fields["email"] {
      copy.email = email.stringValue.flatMap { try? EmailAddress($0) }  // none where it is none
    }
    if let active = fields["active"] { copy.isActive = active == .bool(true) }
    if let blacklisted = fields["is_blacklisted"] {
      copy.isBlacklisted = blacklisted == .bool(true)
    }
    return copy
  }
}
