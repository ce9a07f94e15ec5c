import ArgumentParser

struct FindingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "finding",
    abstract: "What analyses found that a person should know: list, acknowledge, snooze, resolve.",
    discussion: Examples.after(
      """
      The jobs financial_analysis, sales_analysis and task_analysis keep findings. The same condition is
      one finding however often it is seen, and is over by itself once it holds no more. One that gets
      worse is open again, whatever was said about it.
      """,
      "aiom finding list", "aiom finding show 12", "aiom finding acknowledge 12",
      "aiom finding snooze 12 --days 7", "aiom finding resolve 12 --reason \"agreed a plan\""),
    subcommands: [
      FindingListCommand.self, FindingShowCommand.self, FindingAcknowledgeCommand.self,
      FindingSnoozeCommand.self, FindingResolveCommand.self,
    ])
}

/// Reads the number of a finding.
enum FindingNumber {
  static func value(_ text: String) throws -> Int64 {
    if let number = Int64(text), number > 0 { return number }
    throw Failure(
      .usage, "finding.number", "\(text) is no number of a finding.",
      remedy: "`aiom finding list` shows them.")
  }
}
