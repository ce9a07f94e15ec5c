import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct PersonRoleCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "role", abstract: "Give a person roles in the organisation, or take them.",
    discussion: Examples.after(
      "Nobody gives or takes what they do not hold themselves, and an owner always remains.",
      "aiom person role bo --add finance --remove approver"))

  @Argument(help: "The short name.")
  var person: String

  @Option(name: .long, help: "A role to give; may be given several times.")
  var add: [String] = []

  @Option(name: .long, help: "A role to take; may be given several times.")
  var remove: [String] = []

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    guard !add.isEmpty || !remove.isEmpty else {
      throw Failure(
        .usage, "role.nothing", "No role was named.", remedy: "Add --add ROLE or --remove ROLE.")
    }
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let id = try AccessOptions.person(person)
    let people = People(house.access)
    try await people.change(
      id, in: organisation.id, adding: try AccessOptions.roles(add),
      removing: try AccessOptions.roles(remove), by: house.caller, via: "cli")
    let card = try await people.show(id)
    console.emit(PersonView.json(card))
    let roles = (card.roles[organisation.id] ?? []).map(\.rawValue).joined(separator: ", ")
    console.say(
      "\(id.rawValue) in \(organisation.id.rawValue): \(roles.isEmpty ? "no role" : roles)")
  }
}
