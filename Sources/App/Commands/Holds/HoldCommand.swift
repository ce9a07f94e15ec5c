import ArgumentParser

struct HoldCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold",
    abstract: "Invoices and customers that are not reminded for now: list, add, remove.",
    discussion: Examples.after(
      """
      A dispute, a promise to pay, a pause, “never remind”, or somebody of yours who handles it. What
      is on hold is not proposed, and a reminder that was approved before is withdrawn. Everything
      that a customer owes, or one invoice: the others go on.
      """,
      "aiom hold list", "aiom hold add dispute --invoice INV-2024-001 --reason \"goods damaged\"",
      "aiom hold remove 0193f2… --reason \"credit note sent\""),
    subcommands: [HoldListCommand.self, HoldAddCommand.self, HoldRemoveCommand.self])
}
