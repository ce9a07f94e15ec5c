import ActionProtocol
import ArgumentParser
import Decisions
import Engine
import Insights

struct OrgUseCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "use", abstract: "Choose the organisation that commands are about.",
    discussion: Examples.after("", "aiom org use acme"))

  @Argument(
    help: "The organisation's id.",
    completion: .shellCommand("aiom org list --ids 2>/dev/null"))
  var id: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation(named: id)
    try await OrganisationWriter(
      store: house.store, author: house.author(.settings, in: organisation.id)
    ).use(organisation.id)
    console.emit(["current": .string(organisation.id.rawValue)])
    console.say(
      "Commands are about \(organisation.id.rawValue) now (\(organisation.profile.name)).")
  }
}
