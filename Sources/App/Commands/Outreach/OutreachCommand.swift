import ArgumentParser

struct OutreachCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outreach",
    abstract: "What customers were sent, what counts, and why a message waits.",
    discussion: Examples.after(
      "Changes nothing. `aiom import outreach` takes over what other programs sent.",
      "aiom outreach show 7", "aiom outreach show ann@example.org",
      "aiom outreach explain 0193f2", "aiom outreach evaluate questions.jsonl"),
    subcommands: [
      OutreachShowCommand.self, OutreachExplainCommand.self, OutreachEvaluateCommand.self,
    ])
}
