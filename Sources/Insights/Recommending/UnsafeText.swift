import ActionProtocol
import Addressing

/// Finds names in the records that could break out of a header or hide in a message.
enum UnsafeText {
  /// The first field with a line break or control character among those a proposal quotes. They are
  /// refused, not cleaned: the record is wrong, and a person should see that.
  static func first(in due: ReminderCase) -> SkipReason? {
    if !isSafe(due.partner.name) {
      return .unsafeRecordText(
        RecordReference(model: AffectedRecords.partnerModel, id: due.partner.id.rawValue),
        field: "name")
    }
    let quoted = due.invoices + due.disputed + due.neverRemind + due.held.map(\.overdue)
    return quoted.first { !isSafe($0.invoice.number) }.map {
      .unsafeRecordText(RecordReference(model: "account.move", id: $0.invoice.id), field: "name")
    }
  }

  /// The same of the names that a message about a deal quotes.
  static func first(in deal: DealFacts, _ partner: PartnerFacts) -> SkipReason? {
    if !isSafe(partner.name) {
      return .unsafeRecordText(
        RecordReference(model: AffectedRecords.partnerModel, id: partner.id.rawValue),
        field: "name")
    }
    let record = RecordReference(model: DealFollowUp.model, id: deal.id)
    if !isSafe(deal.name) { return .unsafeRecordText(record, field: "name") }
    return isSafe(deal.salesperson ?? "nobody")
      ? nil : .unsafeRecordText(record, field: "user_id")
  }

  /// The same of the names that the confirmation of a payment quotes.
  static func first(in receipt: Receipt, _ partner: PartnerFacts) -> SkipReason? {
    if !isSafe(partner.name) {
      return .unsafeRecordText(
        RecordReference(model: AffectedRecords.partnerModel, id: partner.id.rawValue),
        field: "name")
    }
    return receipt.settled.first { !isSafe($0.invoice.number) }.map {
      .unsafeRecordText(RecordReference(model: "account.move", id: $0.invoice.id), field: "name")
    }
  }

  private static func isSafe(_ text: String) -> Bool {
    do {
      try HeaderText.check(text)
      return !text.allSatisfy(\.isWhitespace)
    } catch {
      return false
    }
  }
}
