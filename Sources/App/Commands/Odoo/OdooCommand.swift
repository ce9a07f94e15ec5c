import ArgumentParser

/// An organisation's Odoo.
struct OdooCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "odoo",
    abstract: "Check an organisation's Odoo, and take its records over.",
    discussion: Examples.after(
      "The address, database, user and key are ODOO_* or the organisation's own (aiom org set).",
      "aiom odoo check", "aiom odoo sync"),
    subcommands: [OdooCheckCommand.self, OdooSyncCommand.self, OdooSyncSetCommand.self])
}
