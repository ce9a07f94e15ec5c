import ActionProtocol
import Decisions
import Engine

enum OutreachJSON {
  static func standing(_ standing: OutreachStanding) -> JSONValue {
    let hours = standing.hours
    return [
      "now": .string(standing.now.rfc3339),
      "window": .string("\(hours.start)-\(hours.end)"),
      "days": .array(hours.days.map { .integer(Int64($0)) }),
      "zone": .string(hours.zone),
      "caps": .array(standing.uses.map(use)), "budgets": .array(standing.budgets.map(budget)),
      "pauses": .array(
        standing.pauses.map { pause in
          [
            "channel": .string(pause.channel.rawValue), "reason": .string(pause.reason.rawValue),
            "since": .string(pause.since.rfc3339), "until": .string(pause.until.rfc3339),
          ]
        }),
      "waiting": .array(
        standing.waiting.map {
          ["from": .string($0.waitingSince.rfc3339), "action": $0.json]
        }),
      "more": .bool(standing.isCut),
      "holds": .array(
        standing.holds.map { hold in
          [
            "id": .string(hold.id), "kind": .string(hold.kind),
            "partner_id": .integer(hold.customer.rawValue),
            "invoice": hold.invoice.map { .integer($0) } ?? .null,
            "explanation": .string(hold.explanation),
            "until": hold.lastDay.map { .string($0.iso) } ?? .null,
          ]
        }),
      "provider": standing.sync?.json ?? .null,
    ]
  }

  private static func use(_ use: OutreachStanding.CapUsage) -> JSONValue {
    [
      "cap": .string(use.cap.name), "used": .integer(use.used),
      "limit": use.limit.map { .integer(Int64($0)) } ?? .null,
    ]
  }

  /// E-mails are counted; texts are money, as a decimal.
  private static func budget(_ budget: OutreachStanding.BudgetUsage) -> JSONValue {
    [
      "channel": .string(budget.channel.rawValue),
      "spent": .string(OutreachPage.amount(budget.spent, budget.channel)),
      "limit": budget.limit.map { .string(OutreachPage.amount($0, budget.channel)) } ?? .null,
    ]
  }
}
