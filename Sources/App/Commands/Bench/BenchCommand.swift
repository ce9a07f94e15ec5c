import ArgumentParser

struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure this build on this machine.",
    discussion: Examples.after(
      """
      Ignores SMTP2GO_*, AIOM_* and .env files, uses a database of its own in a temporary directory
      and a sandbox on loopback, and removes both. Measure release builds: make bench.
      """,
      "aiom bench pipeline", "aiom bench pipeline --actions 2000 --workers 2 --json",
      "aiom bench guard --sends 1000000", "aiom bench webhooks --kills 3",
      "aiom bench pages --finished 100000"),
    subcommands: [
      BenchPipelineCommand.self, BenchGuardCommand.self, BenchWebhooksCommand.self,
      BenchPagesCommand.self,
      BenchExecuteCommand.self,
    ])
}
