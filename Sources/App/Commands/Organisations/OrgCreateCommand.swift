import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct OrgCreateCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Create a further organisation.",
    discussion: Examples.after(
      "", "aiom org create --org north --name \"Acme North\" --country CA --mode live"))

  @OptionGroup var organisation: OrganisationOptions

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    var form = OrganisationForm(id: global.org, organisation)
    form.fillDefaults(sender: house.settings.sender)
    let created = try form.organisation(at: SystemClock.now()).get()
    let writer = OrganisationWriter(
      store: house.store, author: try await house.authorEverywhere(.settings),
      owner: house.caller.person)
    try await writer.create(created)
    console.emit(OrganisationView.json(created))
    console.show(OrganisationView.rendered(created))
    console.say()
    console.say("`aiom org use \(created.id.rawValue)` makes it the one in use.")
  }
}
