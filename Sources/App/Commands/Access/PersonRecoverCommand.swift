import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct PersonRecoverCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "recover",
    abstract: "Let an organisation's only owner in again, who cannot sign in any more.",
    discussion: Examples.after(
      """
      Prints a link for a new password, good for an hour and once. Only at a terminal where the
      database can be opened, and only for an organisation's only owner: for everybody else an owner makes
      a link (`aiom person password NAME`). Their sessions end. It stands in the audit trail of each of their organisations.
      """,
      "aiom person recover ann", "aiom person recover ann --forget-proofs"))

  @Argument(help: "The owner's short name.")
  var person: String

  @Flag(
    name: .long,
    help: "Also take away the key for one-time codes and the passkeys: the device is lost.")
  var forgetProofs = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let id = try AccessOptions.person(person)
    let settings = try Composition.settings(global, console)
    let house = try await Composition.open(settings)
    guard console.canAsk else {
      throw Failure(
        .usage, "terminal.missing", "An owner is let in again at a terminal only.",
        remedy: "Run it yourself, at a terminal where the database can be opened.")
    }
    let proofs = forgetProofs ? ", without their codes and passkeys" : ""
    guard Prompt(console: console).confirm("Let \(id.rawValue) in again\(proofs)?") else {
      return console.say("Nothing was changed.")
    }
    let link = try await People(house.access).recover(
      id, forgetsProofs: forgetProofs, by: house.caller, via: "cli")
    console.emit(["link": .string(link)])
    PersonView.say(link, for: "an hour", settings, console)
  }
}
