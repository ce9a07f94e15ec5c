import ActionProtocol

/// Decides what is due for a customer in a currency: a reminder, a person's task, or nothing.
enum ReminderSelection {
  case due(ReminderCase)
  case task(ReminderCase, CollectionTaskProposal.Cause)
  case skip(SkipReason)

  /// What the decision rests on beside the customer's own records.
  struct Basis {
    let ladder: DunningLadder
    let rules: ReminderRules
    let holds: HoldIndex
    let history: ReminderHistory
    let asOf: LocalDate
    let paymentsUpTo: LocalDate?
    let broken: [PartnerID: [CollectionHold]]

    init(_ books: BooksSnapshot, _ ladder: DunningLadder, _ rules: ReminderRules) {
      (self.ladder, self.rules) = (ladder, rules)
      holds = HoldIndex(books)
      history = ReminderHistory(books)
      (asOf, paymentsUpTo) = (books.asOf, books.paymentsUpTo)
      broken = Dictionary(grouping: books.promises.broken, by: \.subject.partner)
    }
  }

  /// Person before records: what forbids any message comes first, then what is left to remind of, then
  /// credits, then its age and what the customer heard before.
  static func select(
    _ customer: CustomerOverdue, partner: PartnerFacts?, _ basis: Basis
  ) -> ReminderSelection {
    guard let partner else { return .skip(.partnerUnknown) }
    if let reason = forbidding(partner) { return .skip(reason) }
    if let hold = basis.holds.hold(of: partner.id) { return .skip(.customerHeld(hold)) }
    let sorted = AskableInvoices(customer, basis.holds, asOf: basis.asOf)
    guard let oldest = sorted.rest.first else { return .skip(sorted.nothingLeft) }
    let due = DueInvoices(sorted.rest, oldest, basis)
    let open = Money(
      minorUnits: sorted.rest.reduce(0) { $0 + $1.invoice.open.minorUnits },
      currency: customer.currency)
    let found = ReminderCase(
      partner: partner, currency: customer.currency, invoices: sorted.rest, oldest: oldest,
      disputed: sorted.disputed, neverRemind: sorted.never, held: sorted.held, open: open,
      credit: customer.unallocatedCredit, level: due.level, ladder: basis.ladder,
      trigger: due.trigger, steps: due.steps,
      failures: basis.history.failures(of: due.trigger.invoice.id, at: due.level.fromDays),
      contacts: basis.history.lastContacts(of: partner.id, atMost: 3), nextDay: due.nextDay,
      brokenPromises: basis.broken[partner.id] ?? [])
    return select(found, due, basis)
  }

  private static func select(
    _ found: ReminderCase, _ due: DueInvoices, _ basis: Basis
  ) -> ReminderSelection {
    if due.isNothingReached {
      return .skip(
        .notYetDueForReminder(
          daysOverdue: found.oldest.daysOverdue, firstStepDays: basis.ladder.first.fromDays))
    }
    if found.credit.minorUnits >= found.open.minorUnits { return .task(found, .allocateCredit) }
    let minimum = basis.rules.minimum(in: found.currency)
    if found.open.minorUnits < minimum.minorUnits {
      return .skip(.belowMinimum(found.open, minimum: minimum))
    }
    if let day = basis.paymentsUpTo, let days = basis.rules.paymentsAgeDays,
      basis.asOf.days(since: day) > days
    {
      return .skip(.paymentsTooOld(day, days: days))
    }
    return next(found, due, basis)
  }

  /// A letter where one is due and the customer was left alone long enough; else what a person does.
  private static func next(
    _ found: ReminderCase, _ due: DueInvoices, _ basis: Basis
  ) -> ReminderSelection {
    if !due.isDue, let task = basis.ladder.task(daysOverdue: found.oldest.daysOverdue) {
      return .task(found, .step(task))
    }
    if let last = basis.history.lastContact(of: found.partner.id) {
      let next = last.adding(days: basis.rules.intervalDays)
      if basis.asOf < next { return .skip(.remindedLately(last, next: next)) }
    }
    if due.isDue { return .due(found) }
    if due.isFinished, basis.ladder.tasks.isEmpty { return .task(found, .endOfSchedule) }
    return .skip(.remindedAtLevel(next: due.nextDay))
  }

  private static func forbidding(_ partner: PartnerFacts) -> SkipReason? {
    if partner.neverRemind { return .partnerNeverRemind }
    if !partner.isActive { return .partnerInactive }
    if partner.isBlacklisted { return .partnerBlacklisted }
    return nil
  }
}

/// A customer's overdue invoices by whether they may be asked for; each is in one place.
struct AskableInvoices {
  private(set) var never: [OverdueInvoice] = []
  private(set) var disputed: [OverdueInvoice] = []
  private(set) var held: [HeldInvoice] = []
  private(set) var rest: [OverdueInvoice] = []
  private var underWay = 0
  private var justIssued = 0

  init(_ customer: CustomerOverdue, _ holds: HoldIndex, asOf: LocalDate) {
    for overdue in customer.invoices {
      let invoice = overdue.invoice
      if invoice.neverRemind {
        never.append(overdue)
      } else if let hold = holds.hold(ofInvoice: invoice.id) {
        held.append(HeldInvoice(overdue: overdue, hold: hold))
      } else if invoice.isDisputed {
        disputed.append(overdue)
      } else if invoice.isPaymentUnderWay {
        underWay += 1
      } else if let issued = invoice.issuedOn, issued >= asOf {
        justIssued += 1
      } else {
        rest.append(overdue)
      }
    }
  }

  /// Why nothing is left to ask for.
  var nothingLeft: SkipReason {
    if !held.isEmpty {
      return .everyInvoiceOnHold(
        held.map(\.hold), disputed: disputed.count, neverRemind: never.count)
    }
    if underWay > 0 { return .paymentUnderWay(underWay) }
    if justIssued > 0 { return .justIssued }
    return .everyInvoiceHeld(disputed: disputed.count, neverRemind: never.count)
  }
}

/// Where a customer's invoices stand on the ladder, together.
struct DueInvoices {
  /// The highest level that is due; where none is, the one that the oldest invoice has reached.
  let level: DunningLevel
  let trigger: OverdueInvoice
  private(set) var steps: [Int64: Int] = [:]
  private(set) var isNothingReached = true
  private(set) var isFinished = true
  /// The first day on which an invoice reaches a further level.
  private(set) var nextDay: LocalDate?

  var isDue: Bool { !steps.isEmpty }

  init(
    _ invoices: [OverdueInvoice], _ oldest: OverdueInvoice, _ basis: ReminderSelection.Basis
  ) {
    var highest: (level: DunningLevel, trigger: OverdueInvoice)?
    for overdue in invoices {
      switch basis.history.standing(of: overdue, on: basis.ladder) {
      case .notReached:
        isFinished = false
      case .due(let level):
        (isNothingReached, isFinished) = (false, false)
        steps[overdue.invoice.id] = level.fromDays
        if highest.map({ $0.level.fromDays < level.fromDays }) ?? true {
          highest = (level, overdue)
        }
      case .reminded:
        (isNothingReached, isFinished) = (false, false)
      case .finished:
        isNothingReached = false
      }
      if let step = basis.ladder.steps.first(where: { $0 > overdue.daysOverdue }) {
        let day = overdue.dueOn.adding(days: step)
        nextDay = min(nextDay ?? day, day)
      }
    }
    level =
      highest?.level ?? basis.ladder.level(daysOverdue: oldest.daysOverdue) ?? basis.ladder.first
    trigger = highest?.trigger ?? oldest
  }
}
