import ArgumentParser

/// Policies: to read, to check, to try, and to make one the organisation's own.
struct PolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Rules on what may happen: read them, try them on the past, make them active.",
    discussion: Examples.after(
      "A policy becomes active by an approval. docs/learning/policies.md teaches how to write one.",
      "aiom policy show", "aiom policy show --yaml > policy.yaml",
      "aiom policy check policy.yaml", "aiom policy backtest active policy.yaml",
      "aiom policy activate policy.yaml --reason \"two people above 5,000 EUR\"",
      "aiom policy explain 0193f2"),
    subcommands: [
      PolicyShowCommand.self, PolicyFieldsCommand.self, PolicyCheckCommand.self,
      PolicyExplainCommand.self, PolicyDecideCommand.self, PolicyBacktestCommand.self,
      PolicySuggestCommand.self,
      PolicyActivateCommand.self, PolicyApproveCommand.self, PolicyRejectCommand.self,
      PolicyRollbackCommand.self, PolicyHistoryCommand.self,
    ])
}
