import ActionProtocol
import ArgumentParser
import Cards
import Connectors
import Decisions
import Engine
import Insights

struct ConsentImportCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take over consents that were collected elsewhere.",
    discussion: Examples.after(
      """
      A CSV file with a header, or JSON objects. Columns: \
      \(ConsentFile.columns.map(\.name).joined(separator: ", ")). Needed are address (a mailbox or a
      number) and obtained_at, and basis unless --basis names it. What is known stays as it is, one
      that has ended is passed over, and nothing is withdrawn. Every rejected row is reported with its
      line; the others are stored. Exit code 1 where there was one.
      """,
      "aiom consent import consents.csv --reason \"taken over from the shop\"",
      "aiom consent import form.csv --basis express --scope marketing --dry-run"))

  @Argument(help: "The file, or - for standard input.", completion: .file())
  var file: String

  @Option(name: .long, help: "What rows without a basis rest on.")
  var basis: ConsentOptions.Basis?

  @Option(name: .long, help: "What rows without a scope allow: all, marketing, or an action type.")
  var scope = "all"

  @Option(name: .long, help: "Why, in your words, for the record; asked for at a terminal.")
  var reason: String?

  @Flag(name: .long, help: "Look at every row, store nothing.")
  var dryRun = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let source = try ConsentFile(
      path: file, zone: organisation.profile.zone, country: organisation.profile.country,
      basis: basis?.value, scope: try ConsentOptions.scope(scope), now: SystemClock.now())
    let note =
      dryRun
      ? reason ?? "dry run" : try ReasonOption.reason(reason, "Where are they from?", console)
    let ignored = source.ignored
    let progress = ProgressLine(quiet: console.isJSON)
    let report = try await ConsentImport(house.context).run(
      source, org: organisation.id, note: note, dryRun: dryRun,
      by: house.author(.unsuppress, in: organisation.id), via: "cli"
    ) { progress.show("\(AmountText.grouped(String($0.rows))) rows") }
    progress.end()
    let view = RowImportView(
      report: report, what: "consents",
      outcomes: [("added", "new"), ("known", "known"), ("ended", "ended already")])
    try view.tell(console, ignored: ignored)
  }
}
