import ActionProtocol

/// Something in the books that an analysis cannot count, with what to do about it.
///
/// A gap is shown to the company; it never turns into a reminder.
public struct BookGap: Hashable, Sendable {
  /// What is wrong with the record.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// No due date: shown in the table's own row, never overdue.
    case noDueDate = "no_due_date"
    /// The customer's record is not in the books: not counted.
    case unknownPartner = "unknown_partner"
    /// More was paid or credited than was invoiced: not counted as owed.
    case negativeOpen = "negative_open"
    /// Total and open amount are in different currencies: not counted.
    case currencyMismatch = "currency_mismatch"
    /// The same record id a second time: only the first is counted.
    case duplicateRecord = "duplicate_record"
    /// The sum would leave ±(2⁵³ − 1) minor units: not counted.
    case amountOutOfRange = "amount_out_of_range"
  }

  public let kind: Kind
  /// The `account.move` id; nil where the gap is about an unallocated credit.
  public let invoiceID: Int64?
  /// The invoice's number, empty where the gap is about an unallocated credit.
  public let number: String
  public let partnerID: PartnerID
  /// The open amount, or the credit, as the record has it.
  public let amount: Money

  /// What a person can do about it.
  public var remedy: String {
    switch kind {
    case .noDueDate: "Give the invoice a due date, or payment terms, in the source."
    case .unknownPartner: "Import the customer that the invoice names."
    case .negativeOpen: "Allocate or refund what was paid above the invoice's total."
    case .currencyMismatch: "Correct the record: an invoice has one currency."
    case .duplicateRecord: "Import each invoice once, under one id."
    case .amountOutOfRange: "Check the amount; it is too large to be added exactly."
    }
  }
}
