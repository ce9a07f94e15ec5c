import ArgumentParser
import Connectors
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
      source, org: organisation.id, dryRun: dryRun, by: house.author, via: "cli"
    ) { progress.show("\(AmountText.grouped(String($0.rows))) rows") }
    progress.end()
    if !ignored.isEmpty {
      console.warn(
        "Columns that nobody knows were passed over: \(ignored.joined(separator: ", ")).")
    }
    let view = RowImportView(
      report: report, what: "messages", outcomes: [("added", "new"), ("known", "known")])
    console.emit(view.json)
    console.show(view.rendered(style: console.style))
    if report.rejected > 0 { throw ExitCode.refused }
  }
}
