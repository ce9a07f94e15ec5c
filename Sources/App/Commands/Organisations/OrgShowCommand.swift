import ActionProtocol
import ArgumentParser
import Engine

struct OrgShowCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the organisation that commands are about.",
    discussion: Examples.after("", "aiom org show", "aiom org show --org north --json"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    console.emit(OrganisationView.json(organisation))
    console.show(OrganisationView.rendered(organisation))
  }
}
