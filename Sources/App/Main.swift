import ArgumentParser
import Foundation

/// The program. Parsing does no work: settings, files and the database are touched by the command
/// that needs them, when it runs.
@main
struct AIOM: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "aiom",
    abstract: "The AI Operations Manager: proposes, asks, checks again, and acts once.",
    discussion: Examples.joined(
      """
      AIOM reads a company's records, finds what needs doing, proposes typed actions (Action
      Recommender), shows a person exactly what will happen, and after their Approval carries it
      out once (Action Executor): Revalidation against the records, Anti-spam limits, then one of
      the seven Safe Operations, such as an e-mail through SMTP2GO.

      EXAMPLES:
        aiom demo                             # the whole job on a made-up company
        aiom init                             # your company
        aiom import invoices invoices.csv     # your records
        aiom analyze                          # what needs doing
        aiom action list
        aiom action show ID
        aiom action approve ID
        aiom serve                            # carries out what is approved

      Every command takes --json: one JSON value on standard output.

      EXIT CODES:
        0   ok
        1   refused, invalid, or held as asked for
        2   wrong usage
        3   not configured
        4   conflict: it changed meanwhile
        5   temporarily unavailable
        70  internal error
      """),
    version: version,
    subcommands: [
      InitCommand.self, OrgCommand.self, SenderCommand.self, DemoCommand.self, ServeCommand.self,
      WorkerCommand.self, JobCommand.self, StopCommand.self, ResumeCommand.self,
      BackupCommand.self, RestoreCommand.self, SandboxCommand.self, MigrateCommand.self,
      ImportCommand.self, AnalyzeCommand.self, FindingCommand.self, BriefingCommand.self,
      InboxCommand.self, ActionCommand.self, PartnerCommand.self, HoldCommand.self,
      SuppressionCommand.self, ConsentCommand.self, OutreachCommand.self, PolicyCommand.self,
      PersonCommand.self, RoleCommand.self, TokenCommand.self, LoginCommand.self,
      LogoutCommand.self, WhoamiCommand.self,
      TemplateCommand.self, SMTP2GOCommand.self, OdooCommand.self, CostCommand.self,
      ConfigCommand.self, DoctorCommand.self, AuditCommand.self, ProtocolCommand.self,
      ValueCommand.self, CalendarCommand.self, BenchCommand.self, CompletionsCommand.self,
    ])

  static func main() async {
    do {
      var command = try await asyncParseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      leave(error)
    }
  }

  /// Ends the process: help and completion scripts as the parser has them, wrong usage with our own
  /// status, and as JSON where that was asked for.
  private static func leave(_ error: any Error) -> Never {
    guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
    if CommandLine.arguments.contains("--json") {
      Console(json: true).report(
        Failure(
          .usage, "usage", message(for: error),
          remedy: "See `aiom --help`, or --help after a command."))
    } else {
      StandardStream.error.write(fullMessage(for: error) + "\n")
    }
    exit(withError: ExitCode(ExitStatus.usage.rawValue))
  }
}
