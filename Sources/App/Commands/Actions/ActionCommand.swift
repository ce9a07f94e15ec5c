import ArgumentParser

/// Proposals and what becomes of them.
struct ActionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "action",
    abstract: "Propose, look at, decide on and carry out actions.",
    discussion: Examples.after(
      """
      An ID may be shortened as long as it names one action. Whoever runs the command is recorded
      as person:local:LOGIN.
      """,
      "aiom action list", "aiom action show 0193f2", "aiom action approve 0193f2",
      "aiom action run 0193f2"),
    subcommands: [
      ActionProposeCommand.self, ActionListCommand.self, ActionShowCommand.self,
      ActionApproveCommand.self, ActionRejectCommand.self, ActionEditCommand.self,
      ActionRunCommand.self, ActionWithdrawCommand.self, ActionUndoCommand.self,
      ActionSettleCommand.self,
      ActionRequeueCommand.self, ActionConfirmFactsCommand.self, ActionPrioritizeCommand.self,
      ActionWaiveCommand.self,
    ])
}
