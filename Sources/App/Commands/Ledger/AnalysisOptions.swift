import ActionProtocol
import ArgumentParser

/// The day that an analysis looks from.
///
/// A command with subcommands takes an option that both of them have for itself; only a group that both of them have
/// is handed on. So what `analyze` and the commands below it share stands in groups.
struct AnalysisDay: ParsableArguments {
  @Option(name: .long, help: "The day to look from (default: today).")
  var asOf: String?

  var value: LocalDate? {
    get throws { try DayOption.value(asOf, "--as-of") }
  }
}

/// Whether an analysis stores anything.
struct RehearsalFlag: ParsableArguments {
  @Flag(
    name: .long,
    help:
      "Find and draft, store nothing. A later --as-of needs it; under live delivery an earlier one does too."
  )
  var dryRun = false
}
