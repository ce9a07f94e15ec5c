import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct PersonPasswordCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "password",
    abstract: "Change your password, or make a link by which somebody sets a new one.",
    discussion: Examples.after(
      """
      Without a name: asks for your present password and a new one of 12 characters or more; your other
      sessions end. With a name: prints a link that works once, for three days.
      """,
      "aiom person password", "aiom person password bo"))

  @Argument(help: "Who gets a link; without one: yourself.")
  var person: String?

  @OptionGroup var secrets: SecretOptions
  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let settings = try Composition.settings(global, console)
    let house = try await Composition.open(settings)
    let people = People(house.access)
    guard let person else {
      let input = secrets.input(console)
      let old = try input.secret("Present password")
      try await people.changePassword(
        from: old, to: try input.newPassword(), by: house.caller, via: "cli")
      console.emit(["changed": true])
      return console.say("Changed. Your other sessions have ended.")
    }
    let link = try await people.passwordLink(
      try AccessOptions.person(person), by: house.caller, via: "cli")
    console.emit(["link": .string(link)])
    PersonView.say(link, settings, console)
  }
}

struct PersonAcceptCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: "Set your password by a link that an owner gave you.",
    discussion: Examples.after(
      "Asks for the link and a password of 12 characters or more.", "aiom person accept"))

  @OptionGroup var secrets: SecretOptions
  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let input = secrets.input(console)
    let given = try input.secret("Link")
    let link = given.split(separator: "/").last.map(String.init) ?? given
    let person = try await People(house.access).accept(
      link: link.trimmingSpaces, password: try input.newPassword(), via: "cli")
    console.emit(["person": .string(person.rawValue)])
    console.say("The password is set. Sign in: aiom login \(person.rawValue)")
  }
}
