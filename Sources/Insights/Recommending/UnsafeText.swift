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
    let quoted = due.invoices + due.disputed + due.neverRemind
    return quoted.first { !isSafe($0.invoice.number) }.map {
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
