import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct AnalyzeSalesCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "sales",
    abstract: "Find deals that stand still and propose to take them up again.",
    discussion: Examples.after(
      """
      A deal is stalled when it is in its stage for longer than 95 of 100 deals that went on from \
      there; until twenty have, for longer than 14 days. At most five of a hundred open deals are \
      called so at once, those worth most first: value times the chance of winning after so long. \
      Deals older than any that was won are listed for you to close or keep; nothing is sent to \
      their customers. One follow-up a customer at a time.
      """,
      "aiom analyze sales --dry-run", "aiom analyze sales",
      "aiom analyze sales --as-of 2026-01-31 --dry-run --json"))

  @OptionGroup var rehearsal: RehearsalFlag
  @OptionGroup var day: AnalysisDay
  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let day = try day.value
    let dryRun = rehearsal.dryRun
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let report = try await SalesAnalyst(house.context).analyze(
      organisation.id, asOf: day, dryRun: dryRun, by: house.author(.propose, in: organisation.id),
      via: "cli")
    let view = SalesView(report: report, isDryRun: dryRun)
    console.emit(view.json)
    console.show(view.rendered(style: console.style))
  }
}
