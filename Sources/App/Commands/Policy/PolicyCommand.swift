import ArgumentParser

/// Policies, as far as no database is needed: to read, to check and to try.
struct PolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Rules on what may happen: read them, check them, try them on the past.",
    discussion: Examples.after(
      "Changes nothing. docs/learning/policies.md teaches how to write one.",
      "aiom policy show --default", "aiom policy show --default --yaml > policy.yaml",
      "aiom policy check policy.yaml", "aiom policy explain policy.yaml --facts facts.yaml",
      "aiom policy backtest default policy.yaml --decisions decisions.jsonl"),
    subcommands: [
      PolicyShowCommand.self, PolicyFieldsCommand.self, PolicyCheckCommand.self,
      PolicyExplainCommand.self, PolicyDecideCommand.self, PolicyBacktestCommand.self,
    ])
}
