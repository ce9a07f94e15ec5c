import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct AnalyzeCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Find what is overdue and propose what to do about it.",
    discussion: Examples.after(
      """
      The Action Recommender: open invoices by age, per customer and currency; one reminder per
      customer and currency, listing everything overdue; a task for you where a customer has no
      address. Nothing is sent, and nothing is proposed twice, also not after a rejection.
      `aiom analyze sales` does the same for deals that stand still; `aiom analyze finance` shows what
      you have, are owed and owe; `aiom analyze tasks` what is late and who has how much to do.
      Where payments are confirmed (`aiom org set --confirm-payments on`), one confirmation for what a
      customer paid on a day.
      """,
      "aiom analyze --dry-run", "aiom analyze", "aiom analyze --as-of 2026-01-31 --dry-run --json",
      "aiom analyze sales --dry-run", "aiom analyze finance",
      "aiom analyze tasks"),
    subcommands: [
      AnalyzeSalesCommand.self, AnalyzeFinanceCommand.self, AnalyzeTasksCommand.self,
    ])

  @OptionGroup var rehearsal: RehearsalFlag
  @OptionGroup var day: AnalysisDay
  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let day = try day.value
    let dryRun = rehearsal.dryRun
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let report = try await Analyst(house.context).analyze(
      organisation.id, asOf: day, dryRun: dryRun, by: house.author(.propose, in: organisation.id),
      via: "cli")
    let view = AnalysisView(report: report, isDryRun: dryRun)
    console.emit(view.json)
    console.show(view.rendered(style: console.style))
  }
}
