import ActionProtocol

/// Which invoice was reminded at which level, and when each customer last heard of it.
///
/// A level is advanced by a delivered reminder and by nothing else: not by a call, not by a letter that
/// came back, not by being listed beside others.
struct ReminderHistory {
  /// Whether anybody looked; where nobody did, an invoice's level follows from its age alone.
  let isKnown: Bool
  private var delivered: [Int64: Int] = [:]
  private var failures: [Attempt: Int] = [:]
  private var contacts: [PartnerID: [LocalDate]] = [:]
  private let roots: [PartnerID: PartnerID]

  private struct Attempt: Hashable {
    let invoice: Int64
    let step: Int
  }

  init(_ books: BooksSnapshot) {
    isKnown = books.reminders != nil
    roots = books.roots
    for reminder in books.reminders ?? [] where reminder.sentOn <= books.asOf {
      note(reminder)
    }
  }

  private mutating func note(_ reminder: SentReminder) {
    if reminder.arrival != .failed {
      let root = roots[reminder.partner] ?? reminder.partner
      contacts[root, default: []].append(reminder.sentOn)
    }
    for (invoice, step) in reminder.steps {
      switch reminder.arrival {
      case .delivered: delivered[invoice] = max(delivered[invoice] ?? 0, step)
      case .underWay: continue
      case .failed: failures[Attempt(invoice: invoice, step: step), default: 0] += 1
      }
    }
  }

  /// The day on which any reminder last went to the customer, unless it came back.
  func lastContact(of partner: PartnerID) -> LocalDate? {
    contacts[roots[partner] ?? partner]?.max()
  }

  /// The last days on which any reminder went to the customer, unless it came back; the latest first.
  func lastContacts(of partner: PartnerID, atMost limit: Int) -> [LocalDate] {
    Array((contacts[roots[partner] ?? partner] ?? []).sorted(by: >).prefix(limit))
  }

  /// How often a reminder of the invoice at a step came back.
  func failures(of invoice: Int64, at step: Int) -> Int {
    failures[Attempt(invoice: invoice, step: step)] ?? 0
  }

  /// Where an invoice stands on the ladder.
  enum Standing {
    /// Younger than the first step.
    case notReached
    /// A reminder of this level is due.
    case due(DunningLevel)
    /// It was reminded at the highest level that its age has reached.
    case reminded
    /// It was reminded at the last level.
    case finished
  }

  /// A first contact is made at level 1 whatever the age; afterwards the highest level that the age has
  /// reached is due, once: levels that were missed are not sent later.
  func standing(of overdue: OverdueInvoice, on ladder: DunningLadder) -> Standing {
    guard let reached = ladder.level(daysOverdue: overdue.daysOverdue) else { return .notReached }
    guard isKnown else { return .due(reached) }
    guard let last = delivered[overdue.invoice.id] else { return .due(ladder.first) }
    if last < reached.fromDays { return .due(reached) }
    return last >= (ladder.steps.last ?? 0) ? .finished : .reminded
  }
}
