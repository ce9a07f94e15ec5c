import ArgumentParser

/// Who did what, in order.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "The audit trail: who did what, and when; only ever appended to.",
    discussion: Examples.after("", "aiom audit list", "aiom audit list --action 0193f2 --json"),
    subcommands: [AuditListCommand.self])
}
