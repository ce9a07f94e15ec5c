import ActionProtocol
import ArgumentParser
import Decisions
import Engine
import Insights

struct AnalyzeFinanceCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "finance",
    abstract: "Show what you have, are owed and owe, and how long the cash lasts.",
    discussion: Examples.after(
      """
      Receivables and payables by age, days sales outstanding, how well you collect, who owes most,
      cash, burn, runway and thirteen weeks ahead, per currency. A figure whose records are missing
      is not shown; the list below the figures says what to import. Nothing is stored.

      Alerts are set by `aiom org set --alert`. Formulas: docs/reference/analysis-finance.md.
      """,
      "aiom analyze finance", "aiom analyze finance --as-of 2026-01-31",
      "aiom import bills bills.csv", "aiom import balances bank.csv",
      "aiom analyze finance --json"))

  @OptionGroup var day: AnalysisDay
  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let day = try day.value
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let report = try await FinanceAnalyst(house.context).analyze(organisation.id, asOf: day)
    console.emit(report.json)
    console.show(FinanceView(report: report).rendered(style: console.style))
  }
}
