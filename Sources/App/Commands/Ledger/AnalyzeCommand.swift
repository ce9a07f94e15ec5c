import ActionProtocol
import ArgumentParser
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
      """,
      "aiom analyze --dry-run", "aiom analyze", "aiom analyze --as-of 2026-01-31 --dry-run --json"))

  @Flag(name: .long, help: "Find and draft, store nothing.")
  var dryRun = false

  @Option(
    name: .long,
    help:
      "The day to look from (default: today). A later day needs --dry-run; under live delivery an earlier one does too."
  )
  var asOf: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let day = try DayOption.value(asOf, "--as-of")
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let report = try await Analyst(house.context).analyze(
      organisation.id, asOf: day, dryRun: dryRun, by: house.author, via: "cli")
    let view = AnalysisView(report: report, isDryRun: dryRun)
    console.emit(view.json)
    console.show(view.rendered(style: console.style))
  }
}
