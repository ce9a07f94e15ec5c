import ArgumentParser

/// People who sign in, and what they may do.
struct PersonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person",
    abstract: "Who signs in here: add, list, give roles, disable, set passwords.",
    discussion: Examples.after(
      """
      Until there is a person, whoever runs the command line decides as person:local:LOGIN. The first
      person becomes the owner of every organisation; from then on every decision needs a person's
      session or token that has the right in that organisation.
      """,
      "aiom person add ann --name \"Ann Lee\" --role owner", "aiom login ann",
      "aiom person add bo --name \"Bo Chen\" --role approver", "aiom person list"),
    subcommands: [
      PersonAddCommand.self, PersonListCommand.self, PersonShowCommand.self,
      PersonDecisionsCommand.self,
      PersonRoleCommand.self, PersonContactCommand.self, PersonDisableCommand.self,
      PersonEnableCommand.self,
      PersonPasswordCommand.self, PersonAcceptCommand.self, PersonCodesCommand.self,
      PersonSignoutCommand.self, PersonRecoverCommand.self,
    ])
}
