import ArgumentParser

struct SuppressionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suppression",
    abstract: "Addresses that must not be written to: list, add, remove, import, export, sync.",
    discussion: Examples.after(
      """
      Hard bounces, complaints, unsubscriptions, STOP and what the provider lists suppress an
      address by themselves; people add and remove others. A message to a suppressed address is
      never sent, also when it was approved before.
      """,
      "aiom suppression list",
      "aiom suppression add ann@example.org --reason \"asked on the phone\"",
      "aiom suppression sync"),
    subcommands: [
      SuppressionListCommand.self, SuppressionAddCommand.self, SuppressionRemoveCommand.self,
      SuppressionImportCommand.self, SuppressionExportCommand.self, SuppressionSyncCommand.self,
    ])
}
