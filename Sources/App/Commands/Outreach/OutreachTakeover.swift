import ArgumentParser
import Cards
import Connectors
import Decisions
import Engine
import Insights

/// `aiom import outreach`: messages that other programs sent.
struct OutreachTakeover {
  static let kind = "outreach"

  let file: String
  let dryRun: Bool

  func run(_ house: House, _ console: Console) async throws {
    let organisation = try await house.organisation()
    let source = try OutreachFile(
      path: file, zone: organisation.profile.zone, country: organisation.profile.country,
      now: SystemClock.now())
    let ignored = source.ignored
    let progress = ProgressLine(quiet: console.isJSON)
    let report = try await OutreachImport(house.context).run(
      source, org: organisation.id, dryRun: dryRun, by: house.author(.records, in: organisation.id),
      via: "cli"
    ) { progress.show("\(AmountText.grouped(String($0.rows))) rows") }
    progress.end()
    let view = RowImportView(
      report: report, what: "messages", outcomes: [("added", "new"), ("known", "known")])
    try view.tell(console, ignored: ignored)
  }
}
