import ActionProtocol
import Decisions
import Engine

/// What messages cost an org in a month: one row for each delivery mode and channel, so that a budget
/// costs the same however much was sent.
extension SQLTransaction {
  private struct Ledger: Hashable {
    let org: OrgID
    let delivery: DeliveryMode
    let channel: OutreachChannel
    let month: Int

    var arguments: [SQLValue] {
      [
        .text(org.rawValue), .text(delivery.rawValue), .text(channel.rawValue),
        .integer(Int64(month)),
      ]
    }

    /// One order for all processes, so that no two wait for each other.
    var order: String { "\(org.rawValue) \(delivery.rawValue) \(channel.rawValue) \(month)" }
  }

  func spent(
    _ org: OrgID, _ channel: OutreachChannel, _ delivery: DeliveryMode, month: SpendingMonth
  ) throws -> Int64 {
    let ledger = Ledger(org: org, delivery: delivery, channel: channel, month: month.number)
    return try sql.first(Self.spentSoFar, ledger.arguments) { $0.integer(0) } ?? 0
  }

  /// Writes what reservations cost into their ledgers: one row for each, however many there are.
  func spend(_ reservations: [OutreachReservation]) throws {
    var amounts: [Ledger: Int64] = [:]
    for one in reservations where one.cost > 0 {
      guard let month = one.month else { continue }
      let ledger = Ledger(
        org: one.org, delivery: one.delivery, channel: one.channel, month: month.number)
      amounts[ledger, default: 0] += one.cost
    }
    let ordered = amounts.sorted { $0.key.order < $1.key.order }
    try sql.enqueue(Self.add, each: ordered.map { $0.key.arguments + [.integer($0.value)] })
  }

  /// What each question's ledger says; nothing is read where no channel has a budget.
  func readSpending(_ questions: [OutreachQuestion], into facts: inout [OutreachFacts]) throws {
    var known: [Ledger: Int64] = [:]
    for (index, question) in questions.enumerated() {
      guard let month = question.month else { continue }
      let ledger = Ledger(
        org: question.org, delivery: question.delivery, channel: question.channel,
        month: month.number)
      let amount =
        try known[ledger]
        ?? spent(question.org, question.channel, question.delivery, month: month)
      known[ledger] = amount
      facts[index].month = SpentMonth(spent: amount, end: month.end)
    }
  }

  /// A message that was not sent cost nothing.
  /// - Parameter call: its names.
  func giveBack(_ call: [SQLValue]) throws { try sql.execute(Self.change("-"), call) }

  /// It was sent after all.
  func spendAgain(_ call: [SQLValue]) throws { try sql.execute(Self.change("+"), call) }

  private static let spentSoFar = """
    SELECT amount FROM outreach_spending
    WHERE org_id = $1 AND delivery = $2 AND channel = $3 AND month = $4
    """

  private static let add = """
    INSERT INTO outreach_spending (org_id, delivery, channel, month, amount)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (org_id, delivery, channel, month)
      DO UPDATE SET amount = outreach_spending.amount + excluded.amount
    """

  /// The message says which ledger bore it, and how much.
  private static func change(_ sign: String) -> String {
    """
    UPDATE outreach_spending SET amount = amount \(sign) message.cost
    FROM outreach AS message
    WHERE message.org_id = $1 AND message.action_id = $2 AND message.revision = $3
      AND message.call = $4 AND outreach_spending.org_id = message.org_id
      AND outreach_spending.delivery = message.delivery
      AND outreach_spending.channel = message.channel
      AND outreach_spending.month = message.month
    """
  }
}
