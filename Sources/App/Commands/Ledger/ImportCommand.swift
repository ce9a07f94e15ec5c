import ActionProtocol
import ArgumentParser
import Cards
import Connectors
import Decisions
import Engine
import Insights

struct ImportCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring records in from a CSV or JSON file.",
    discussion: Examples.after(
      """
      KIND is \(Self.kinds.joined(separator: ", ")).

      Importing the same file again changes nothing. Every rejected row is reported with its line,
      its column and the reason; the other rows are stored. With --snapshot yes the file counts as
      complete: an invoice that it does not name is closed. That is never guessed.

      outreach takes over messages that another program sent, so that cool-downs count them. Columns:
      \(OutreachFile.columns.map(\.name).joined(separator: ", ")). Needed: at, and address or
      partner with channel. The same row again adds nothing.

      Fields that --map knows:
      \(LedgerKind.allCases.map(Self.fields).joined(separator: "\n"))
      """,
      "aiom import partners partners.csv",
      "aiom import invoices invoices.csv --dry-run",
      "aiom import invoices open-items.csv --preset xero --snapshot yes",
      "aiom import outreach sent.csv --dry-run",
      "aiom import payments bank.csv --map amount=Betrag --map date=Datum \\",
      "    --date-format dd.mm.yyyy"
    ))

  @Argument(
    help: "What the file brings.", completion: .list(Self.kinds))
  var kind: String

  @Argument(help: "The file, or - for standard input.", completion: .file())
  var file: String

  @OptionGroup var reading: ImportReadingOptions

  @Option(
    name: .long, help: "Whether the file is complete: yes closes what it does not name.",
    completion: .list(["yes", "no"]))
  var snapshot: String?

  @Option(name: .long, help: "When the source was true: a date, or an instant (default: now).")
  var asOf: String?

  @Flag(name: .long, help: "Look at every row, store nothing.")
  var dryRun = false

  @OptionGroup var global: GlobalOptions

  /// Kinds of records, and contacts.
  private static let kinds = LedgerKind.allCases.map(\.rawValue) + [OutreachTakeover.kind]

  func perform(_ console: Console) async throws {
    if kind == OutreachTakeover.kind {
      try refuseLedgerOptions()
      return try await OutreachTakeover(file: file, dryRun: dryRun).run(
        Composition.open(global, console), console)
    }
    guard let kind = LedgerKind(rawValue: kind) else { throw Self.unknownKind(kind) }
    let isSnapshot = try YesNoOption.value(snapshot, "--snapshot")
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    _ = try await house.author(.records, in: organisation.id)
    let source = try LedgerFile.open(
      path: file, kind: kind, options: reading.options(organisation))
    let options = LedgerImportOptions(
      dryRun: dryRun, isSnapshot: isSnapshot,
      asOf: try InstantOption.value(asOf, "--as-of", zone: organisation.profile.zone))
    let progress = ProgressLine(quiet: console.isJSON)
    let report = try await LedgerImport(store: house.store, newID: house.context.entropy.uuid7)
      .run(source, kind: kind, org: organisation.id, options: options) { done in
        progress.show(
          "\(AmountText.grouped(String(done.rows))) rows, "
            + "\(AmountText.grouped(String(done.rejected))) rejected")
      }
    progress.end()
    let withdrawn = dryRun ? 0 : try await settle(house, organisation, report.touched)
    let view = ImportView(
      report: report, isPartial: isSnapshot == nil && kind == .invoices, withdrawn: withdrawn)
    console.emit(view.json)
    console.show(view.rendered(style: console.style))
    if report.counts.rejected > 0 { throw ExitCode.refused }
  }

  /// Contacts have columns of their own: an option that would change nothing must not look as if it did.
  private func refuseLedgerOptions() throws {
    let given =
      [
        ("--snapshot", snapshot != nil), ("--as-of", asOf != nil),
      ].filter(\.1).map(\.0) + reading.given
    guard let option = given.first else { return }
    throw Failure(
      .usage, "import.option", "\(option) does not go with outreach.",
      remedy: "Leave it out; name the columns as `aiom import --help` lists them.")
  }

  /// What waits for a time or for facts is looked at again now, and what rests on nothing any more is
  /// withdrawn.
  /// - Returns: how many proposals were withdrawn.
  private func settle(
    _ house: House, _ organisation: Organisation, _ touched: ImportTouch
  ) async throws -> Int {
    let id = organisation.id
    let partners = touched.isComplete ? Array(touched.partners) : nil
    _ = try await house.store.write { store in
      _ = try store.releaseHolds(id, .staleFacts)
      return try store.recheck(id, partners: partners)
    }
    return try await Superseding(house.context).withdraw(id).count
  }

  private static func fields(_ kind: LedgerKind) -> String {
    let names = LedgerField.fields(of: kind).map(\.rawValue).joined(separator: ", ")
    let lines = DisplayText.wrap(names, width: 64)
    return lines.enumerated().map { index, line in
      "  \((index == 0 ? kind.rawValue : "").padding(to: 10))\(line)"
    }.joined(separator: "\n")
  }

  private static func unknownKind(_ text: String) -> Failure {
    Failure(
      .usage, "import.kind", "There is no kind \(text).",
      remedy: "There are: \(Self.kinds.joined(separator: ", ")).")
  }
}
