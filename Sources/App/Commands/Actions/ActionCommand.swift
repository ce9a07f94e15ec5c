import ArgumentParser

/// Proposals and what becomes of them.
struct ActionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "action",
    abstract: "Propose, look at, decide on and carry out actions.",
    discussion: Examples.after(
      """
      An ID may be shortened as long as it names one action. Decisions carry the name of whoever is
      signed in (`aiom login`), or person:local:LOGIN as long as there is no person.
      """,
      "aiom action list", "aiom action show 0193f2", "aiom action approve 0193f2",
      "aiom action run 0193f2"),
    subcommands: [
      ActionProposeCommand.self, ActionListCommand.self, ActionShowCommand.self,
      ActionApproveCommand.self, ActionRejectCommand.self, ActionEditCommand.self,
      ActionRunCommand.self, ActionWithdrawCommand.self, ActionUndoCommand.self,
      ActionSettleCommand.self,
      ActionRequeueCommand.self, ActionConfirmFactsCommand.self, ActionPrioritizeCommand.self,
      ActionWaiveCommand.self, ActionSendNowCommand.self, ActionSnoozeCommand.self,
      ActionDelegateCommand.self, ActionAskCommand.self, ActionAnswerCommand.self,
      ActionCommentCommand.self,
    ])
}
