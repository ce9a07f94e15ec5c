import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct PersonAddCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add a person with roles in the organisation.",
    discussion: Examples.after(
      """
      The first person has to be the owner and sets a password here. Others get a link by which they
      set their own: it works once, for three days, on the private listener of `aiom serve` or with
      `aiom person accept`.
      """,
      "aiom person add ann --name \"Ann Lee\" --role owner",
      "aiom person add bo --name \"Bo Chen\" --email bo@example.com --role approver"))

  @Argument(help: "The short name to sign in with; it is never given to anybody else.")
  var person: String

  @Option(name: .long, help: "The name that colleagues know.")
  var name: String

  @Option(name: .long, help: "Where notices go.")
  var email: String?

  @Option(name: .long, help: "Where alerts go, with the country's calling code: +16175550123.")
  var phone: String?

  @Option(name: .long, help: "A role; may be given several times.")
  var role: [String] = ["viewer"]

  @OptionGroup var secrets: SecretOptions
  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let settings = try Composition.settings(global, console)
    let house = try await Composition.open(settings)
    let organisation = try await house.organisation()
    let wanted = try NewPerson(
      id: AccessOptions.person(person), name: name, emailText: email, phoneText: phone)
    let people = People(house.access)
    let isFirst = try await people.isEmpty()
    let password = isFirst ? try secrets.input(console).newPassword() : nil
    let link = try await people.add(
      wanted, roles: try AccessOptions.roles(role), in: organisation.id, password: password,
      by: house.caller, via: "cli")
    console.emit([
      "person": .string(wanted.id.rawValue), "link": link.map { .string($0) } ?? .null,
    ])
    if isFirst {
      console.say("\(wanted.id.rawValue) is the owner. Decisions need a sign-in from now on:")
      console.say("  aiom login \(wanted.id.rawValue)")
    } else if let link {
      PersonView.say(link, settings, console)
    }
  }
}
