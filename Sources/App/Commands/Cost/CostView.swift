import ActionProtocol
import Cards
import Decisions
import SMTP2GO

/// A month's messages and their cost, beside the provider's own figures.
struct CostView {
  let report: CostReport
  /// Nil where the provider was not asked.
  let figures: ProviderFigures?
  let table: PriceTable

  func rendered(style: Style) -> String {
    var text = style.bold("\(report.name)\(report.isOver ? "" : ", so far")") + "\n"
    if report.rows.isEmpty {
      text += "  Nothing went to anybody outside.\n"
    } else {
      text += messages.rendered(style: style, indent: 2)
    }
    if report.sandboxed > 0 {
      text += "  To the sandbox: \(report.sandboxed); costs nothing.\n"
    }
    if !report.budgets.isEmpty {
      text += "\n" + style.bold("Of this month's budget") + "\n"
      for budget in report.budgets { text += "  \(words(budget))\n" }
    }
    if !report.isOver {
      let whole = report.projected
      text += "\n" + style.bold("By the end of the month, if it goes on so") + "\n"
      text += "  \(whole.emails) e-mails, \(whole.allSMSUnits) SMS segments\n"
    }
    text += PlanView.rendered(report.isOver ? report.volume : report.projected, table, style: style)
    return text + provider(style)
  }

  var json: JSONValue {
    var object: JSONObject = [
      "month": .string(report.name), "is_over": .bool(report.isOver),
      "rows": .array(report.rows.map(row)), "sandboxed": .integer(Int64(report.sandboxed)),
      "to_date": volume(report.volume),
      "projected": PlanView.json(report.isOver ? report.volume : report.projected, table),
    ]
    object["budgets"] = .array(report.budgets.map(budget))
    if let figures { object["provider"] = providerJSON(figures) }
    return .object(object)
  }

  /// The ledger takes the dearer price, and counts what is on its way.
  private func words(_ budget: CostReport.Budget) -> String {
    let (spent, limit) = (amount(budget.spent, budget), amount(budget.limit, budget))
    return budget.channel == .sms
      ? "SMS: \(spent) of \(limit) \(table.currency)" : "e-mails: \(spent) of \(limit)"
  }

  private func amount(_ value: Int64, _ budget: CostReport.Budget) -> String {
    budget.channel == .sms ? Price(micros: value).text : AmountText.grouped(String(value))
  }

  private func budget(_ budget: CostReport.Budget) -> JSONValue {
    func amount(_ value: Int64) -> JSONValue {
      budget.channel == .sms ? .string(Price(micros: value).text) : .integer(value)
    }
    return [
      "channel": .string(budget.channel.rawValue), "spent": amount(budget.spent),
      "limit": amount(budget.limit),
    ]
  }

  private var messages: TextTable {
    var rows = TextTable([
      .left("FOR"), .left("BY"), .left("TO"), .right("MESSAGES"), .right("UNITS"),
      .right("COST \(table.currency)"), .right("BY MONTH'S END"),
    ])
    for row in report.rows {
      let isSMS = row.channel == .sms
      rows.add([
        row.purpose.words, isSMS ? "SMS" : "e-mail", row.country ?? "?", String(row.messages),
        String(row.units), isSMS ? row.cost.text : "in the plan",
        String(report.month.projected(row.units)),
      ])
    }
    return rows
  }

  private func row(_ row: CostReport.Row) -> JSONValue {
    [
      "purpose": .string(row.purpose.rawValue), "channel": .string(row.channel.rawValue),
      "country": row.country.map { .string($0) } ?? .null,
      "messages": .integer(Int64(row.messages)), "units": .integer(Int64(row.units)),
      "cost": PlanView.range(row.cost),
      "projected_units": .integer(Int64(report.month.projected(row.units))),
    ]
  }

  private func volume(_ volume: MonthlyVolume) -> JSONValue {
    [
      "emails": .integer(Int64(volume.emails)), "sms_units": .integer(Int64(volume.allSMSUnits)),
      "sms_cost": PlanView.range(table.sms(of: volume)),
      "busiest_day": .integer(Int64(volume.busiestDay ?? 0)),
    ]
  }

  // MARK: The provider's own figures

  private func provider(_ style: Style) -> String {
    guard let figures else { return "" }
    var text = "\n" + style.bold("The provider's own figures") + "\n"
    guard let probe = figures.probe, figures.problem == nil else {
      return text + "  cannot tell: \(DisplayText.line(figures.problem ?? ""))\n"
    }
    if let cycle = probe.cycle?.outcome.value {
      let (used, most) = (cycle.used.map(String.init) ?? "?", cycle.maximum.map(String.init) ?? "?")
      let period = [cycle.start, cycle.end].compactMap { $0?.text.prefix(10) }
      text += "  e-mails  \(used) of \(most)"
      text += period.isEmpty ? "\n" : ", \(period.joined(separator: " to "))\n"
    } else {
      text +=
        "  e-mails  cannot tell: \(why(probe.cycle.map { OutcomeWording.text($0.outcome) }, "/stats/email_cycle"))\n"
    }
    if let sms = probe.sms?.outcome.value {
      text += "  SMS      \(sms.totalUnits.map(String.init) ?? "?") segments this month (UTC)"
      text += sms.totalCost.map { ", cost \(ProviderFigure.text($0)), currency not stated" } ?? ""
      text += "\n"
    } else {
      text +=
        "  SMS      cannot tell: \(why(probe.sms.map { OutcomeWording.text($0.outcome) }, "/sms/summary"))\n"
    }
    return text + "  It counts the whole account, all its keys and programs.\n"
  }

  private func why(_ words: String?, _ endpoint: String) -> String {
    DisplayText.line(words ?? "the key may not call \(endpoint)")
  }

  private func providerJSON(_ figures: ProviderFigures) -> JSONValue {
    func number(_ value: Int?) -> JSONValue { value.map { .integer(Int64($0)) } ?? .null }
    let (cycle, sms) = (figures.probe?.cycle?.outcome.value, figures.probe?.sms?.outcome.value)
    return [
      "problem": figures.problem.map { .string($0) } ?? .null,
      "emails_used": number(cycle?.used), "emails_maximum": number(cycle?.maximum),
      "cycle_end": cycle?.end.map { .string($0.text) } ?? .null,
      "sms_units": number(sms?.totalUnits),
      "sms_cost": sms?.totalCost.map { .string(ProviderFigure.text($0)) } ?? .null,
    ]
  }
}
