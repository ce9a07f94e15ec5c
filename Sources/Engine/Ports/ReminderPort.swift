import ActionProtocol
import Decisions
import Insights

/// Reminders that went out, inside a transaction.
public protocol ReminderReading {
  /// Completed reminders of an org in a delivery mode up to the end of a day, by when they were sent,
  /// with what the provider said of their arrival.
  func sentReminders(
    _ org: OrgID, in delivery: DeliveryMode, upTo day: LocalDate
  ) throws -> [SentReminder]
}

extension StoreReading {
  /// The books with every reminder of a delivery mode: what was only rehearsed reminded nobody.
  func books(
    _ org: OrgID, asOf day: LocalDate, remindedIn delivery: DeliveryMode
  ) throws -> BooksSnapshot {
    var books = try books(org, asOf: day)
    books.reminders = try sentReminders(org, in: delivery, upTo: day)
    return books
  }
}
