import ActionProtocol
import Addressing
import ArgumentParser
import Decisions
import Engine

struct PersonListCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the persons of the organisation.",
    discussion: Examples.after("", "aiom person list", "aiom person list --json"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let cards = try await People(house.access).list(organisation.id)
    console.emit(["persons": .array(cards.map(PersonView.json))])
    guard !cards.isEmpty else {
      console.say("There is nobody yet. `aiom person add NAME --role owner` adds the owner.")
      return
    }
    console.show(PersonView.table(cards, in: organisation.id).rendered(style: console.style))
  }
}

struct PersonShowCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a person: roles, second factors, sessions.",
    discussion: Examples.after("", "aiom person show ann"))

  @Argument(help: "The short name.")
  var person: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let id = try AccessOptions.person(person)
    let people = People(house.access)
    // With the file alone, everything in it can be read; a credential shows its own orgs.
    let card =
      house.caller.credential == .local
      ? try await people.show(id) : try await people.show(id, in: organisation.id)
    console.emit(PersonView.json(card))
    var table = TextTable([.left(""), .left("")])
    table.add(["person", id.rawValue])
    table.add(["name", card.person.name])
    table.add(["e-mail", card.person.email?.rawValue ?? "none"])
    table.add(["phone", card.person.phoneText ?? "none"])
    table.add(["state", PersonView.state(card)])
    table.add(["second factor", PersonView.factor(card)])
    table.add(["sessions", String(card.sessions)])
    for (org, roles) in card.roles.sorted(by: { $0.key < $1.key }) {
      table.add(["in \(org.rawValue)", roles.map(\.rawValue).joined(separator: ", ")])
    }
    if card.roles[organisation.id] == nil {
      table.add(["in \(organisation.id.rawValue)", "no role"])
    }
    console.show(table.rendered(headings: false))
  }
}
