/// Why nothing is left to be done about a record that a proposal is about.
public enum SupersededReason: String, CaseIterable, Hashable, Sendable {
  /// Nothing is open any more: paid or credited.
  case settled
  case cancelled
  /// Deleted where it came from.
  case gone
  /// A payment is on its way and not booked yet.
  case paymentUnderWay = "payment_under_way"
  case onHold = "on_hold"
  /// In dispute, as the books say.
  case disputed
  /// The invoice or its customer is never reminded.
  case neverRemind = "never_remind"
  /// The due date was moved to a later day.
  case notDue = "not_due"
  /// The payment was taken back.
  case reversed
  /// What the books say of the payment or its invoice is not what it was.
  case changed
  /// The task is done.
  case done
  /// The deal was won.
  case won
  /// The deal was lost.
  case lost

  /// One sentence for a person: what became of the records.
  public static func explanation(_ reasons: [SupersededReason: Int]) -> String {
    let present = allCases.compactMap { reason in reasons[reason].map { (reason, $0) } }
    if let only = present.first, present.count == 1, only.1 == 1 {
      return "\(only.0.noun) \(only.0.words(1))."
    }
    let parts = present.map { "\($0.1) \($0.0.words($0.1))" }
    let noun = present.first?.0.nouns ?? "records"
    return "Of the \(noun) that it is about, \(Wording.list(parts))."
  }

  private var noun: String {
    switch self {
    case .won, .lost: "The deal"
    case .done: "The task"
    case .reversed, .changed: "The payment"
    default: "The invoice"
    }
  }

  private var nouns: String {
    switch self {
    case .won, .lost: "deals"
    case .done: "tasks"
    case .reversed, .changed: "payments"
    default: "invoices"
    }
  }

  private func words(_ count: Int) -> String {
    let (verb, possessive) = count == 1 ? ("is", "its") : ("are", "their")
    return switch self {
    case .settled: "\(verb) paid or credited"
    case .cancelled: "\(verb) cancelled"
    case .gone: "\(verb) not in the books any more"
    case .paymentUnderWay: "\(verb) about to be paid: a payment is under way"
    case .onHold: "\(verb) on hold"
    case .disputed: "\(verb) disputed"
    case .neverRemind: "\(verb) never to be reminded of"
    case .notDue: "\(verb) not due yet: \(possessive) due date was moved"
    case .done: "\(verb) done"
    case .reversed: "\(count == 1 ? "was" : "were") taken back"
    case .changed: "\(verb) not booked as before"
    case .won: "\(count == 1 ? "was" : "were") won"
    case .lost: "\(count == 1 ? "was" : "were") lost"
    }
  }
}
