import ActionProtocol
import ArgumentParser
import Engine

/// The organisations of an installation.
struct OrgCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "org",
    abstract: "List, create, choose, show and change organisations.",
    discussion: Examples.after(
      """
      Every command is about one organisation: --org, else AIOM_ORG, else the one in use, else the
      only one. With several and none chosen, commands refuse.
      """,
      "aiom org list", "aiom org create --org north --name \"Acme North\" --country CA",
      "aiom org use north"),
    subcommands: [
      OrgListCommand.self, OrgCreateCommand.self, OrgUseCommand.self, OrgShowCommand.self,
      OrgSetCommand.self,
    ])
}
