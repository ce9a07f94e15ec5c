import ActionProtocol
import ArgumentParser
import Cards
import Connectors
import Decisions
import Engine
import Insights

struct SuppressionImportCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take over a list of addresses that must not be written to.",
    discussion: Examples.after(
      """
      A CSV file with a header, or JSON objects. Columns: \
      \(SuppressionFile.columns.map(\.name).joined(separator: ", ")). Only address is needed: a
      mailbox, a domain or a number; or address_digest with channel. Others are passed over. What is
      known is kept: one of the same address, scope and reason is prolonged, never shortened, and
      nothing is removed. Every rejected row is reported with its line; the others are stored. Exit
      code 1 where there was one.
      """,
      "aiom suppression import optouts.csv --reason \"list of the old mail program\"",
      "aiom suppression import unsubscribed.csv --scope marketing --kind unsubscribe --dry-run",
      "aiom suppression import list.csv --digests-only --reason moved"))

  @Argument(help: "The file, or - for standard input.", completion: .file())
  var file: String

  @Option(name: .long, help: "What rows without a scope forbid.")
  var scope: SuppressionAddCommand.Scope = .all

  @Option(name: .long, help: "What led to rows without a reason.")
  var kind: SuppressionAddCommand.Kind = .manual

  @Option(name: .long, help: "Why, in your words, for the record; asked for at a terminal.")
  var reason: String?

  @Flag(
    name: .long,
    help: "Keep no readable address, only what is compared; the provider cannot be told then.")
  var digestsOnly = false

  @Flag(name: .long, help: "Look at every row, store nothing.")
  var dryRun = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let source = try SuppressionFile(
      path: file, zone: organisation.profile.zone, country: organisation.profile.country,
      reason: SuppressionReason(rawValue: kind.rawValue) ?? .manual,
      scope: SuppressionScope(rawValue: scope.rawValue))
    let note =
      dryRun
      ? reason ?? "dry run" : try ReasonOption.reason(reason, "Why are they suppressed?", console)
    let ignored = source.ignored
    let progress = ProgressLine(quiet: console.isJSON)
    let report = try await SuppressionImport(house.context).run(
      source, org: organisation.id, note: note, dryRun: dryRun, keepsAddresses: !digestsOnly,
      by: house.author(.suppress, in: organisation.id), via: "cli"
    ) { progress.show("\(AmountText.grouped(String($0.rows))) rows") }
    progress.end()
    let view = RowImportView(
      report: report, what: "suppressions",
      outcomes: [
        ("added", "new"), ("prolonged", "prolonged"), ("known", "known"),
        ("ended", "ended already"),
      ])
    try view.tell(console, ignored: ignored)
  }
}
