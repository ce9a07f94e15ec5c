import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct PersonContactCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "contact", abstract: "Change where a person is reached.",
    discussion: Examples.after(
      """
      Notices and briefings go by e-mail, alerts by text (aiom org set --tell-persons on). What is
      not given stays as it is; none takes it away. Your own needs a sign-in alone, another's the
      right to change the person.
      """,
      "aiom person contact ann --phone +16175550123",
      "aiom person contact bo --email bo@example.com --phone none"))

  @Argument(help: "The short name.")
  var person: String

  @Option(name: .long, help: "The e-mail address, or none.")
  var email: String?

  @Option(name: .long, help: "The number with the country's calling code, or none.")
  var phone: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    guard email != nil || phone != nil else {
      throw Failure(
        .usage, "person.contact_nothing", "Neither an address nor a number was given.",
        remedy: "Add --email ADDRESS or --phone NUMBER.")
    }
    let house = try await Composition.open(global, console)
    let id = try AccessOptions.person(person)
    let people = People(house.access)
    try await people.change(
      id, contact: PersonContact(email: email, phone: phone), by: house.caller, via: "cli")
    let card = try await people.show(id)
    console.emit(PersonView.json(card))
    console.say(
      "\(id.rawValue) is reached at \(card.person.emailText ?? "no e-mail address") and "
        + "\(card.person.phoneText ?? "no number").")
  }
}
