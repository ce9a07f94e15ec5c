import ActionProtocol

/// Who owes what since when.
///
/// - open amount = total − payments − allocated credits (minor units, from `InvoiceFacts.open`);
/// - days overdue = snapshot date − due date, in calendar days of the company's zone; an invoice is
///   overdue from day 1, due today is not overdue;
/// - partly paid invoices count with what is still open;
/// - unallocated credits stand apart and are never netted;
/// - records that contradict themselves are reported as gaps and never counted.
public enum OverdueAnalysis {
  /// Ages the books.
  ///
  /// Time is linear in the invoices, apart from sorting what is overdue. Total: every snapshot has a
  /// report, an empty one an empty report.
  public static func analyze(_ books: BooksSnapshot) -> OverdueReport {
    analyze(books) { _, _ in }
  }

  /// The same, and hands over each invoice that counts with its age in days; nil: no due date.
  static func analyze(
    _ books: BooksSnapshot, each: (InvoiceFacts, Int?) -> Void
  ) -> OverdueReport {
    var tally = OverdueTally(books)
    for invoice in books.invoices where tally.count(invoice) {
      each(invoice, invoice.dueOn.map { books.asOf.days(since: $0) })
    }
    for credit in books.unallocated { tally.count(credit) }
    return tally.report()
  }
}
