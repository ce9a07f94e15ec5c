import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct PersonDisableCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Let a person in no more; their sessions and tokens end.",
    discussion: Examples.after(
      "The tokens of agents that they answer for end too. What they decided stays.",
      "aiom person disable bo"))

  @Argument(help: "The short name.")
  var person: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    try await PersonState.set(person, isActive: false, global, console)
  }
}

struct PersonEnableCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "enable", abstract: "Let a disabled person in again; tokens have to be made anew.",
    discussion: Examples.after("", "aiom person enable bo"))

  @Argument(help: "The short name.")
  var person: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    try await PersonState.set(person, isActive: true, global, console)
  }
}

private enum PersonState {
  static func set(
    _ text: String, isActive: Bool, _ global: GlobalOptions, _ console: Console
  ) async throws {
    let house = try await Composition.open(global, console)
    let id = try AccessOptions.person(text)
    let people = People(house.access)
    try await people.setActive(id, isActive, by: house.caller, via: "cli")
    let shown = try await people.show(id)
    console.emit(PersonView.json(shown))
    console.say("\(id.rawValue) is \(isActive ? "active" : "disabled").")
  }
}

struct PersonSignoutCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "signout", abstract: "End all sessions of a person, wherever they are.",
    discussion: Examples.after(
      "Your own without a name; another's with the right to change them.", "aiom person signout",
      "aiom person signout bo --tokens"))

  @Argument(help: "The short name; without one: yourself.")
  var person: String?

  @Flag(name: .long, help: "Revoke their tokens too.")
  var tokens = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let id = try PersonSelf.id(person, house)
    try await People(house.access).signOut(
      id, withTokens: tokens, by: house.caller, via: "cli")
    console.emit(["signed_out": .string(id.rawValue), "tokens": .bool(tokens)])
    console.say("\(id.rawValue) is signed out everywhere.")
  }
}

/// A person who is named, or else the one who is signed in.
enum PersonSelf {
  static func id(_ text: String?, _ house: House) throws -> PersonID {
    if let text { return try AccessOptions.person(text) }
    guard let own = house.caller.person, !house.caller.isAgent else {
      throw house.sessionProblem ?? AccessError.signInNeeded
    }
    return own
  }
}
