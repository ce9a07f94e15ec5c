import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct PersonCodesCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "codes",
    abstract: "Set up one-time codes of an app as your second factor, or remove them.",
    discussion: Examples.after(
      """
      Prints a key for an app such as Aegis, 2FAS or a password manager, once, and asks for a first
      code. From then on signing in asks for a code, and decisions whose policy wants one can be made.
      Each code counts once. `--remove` takes a code of the key that is removed; an owner removes the
      key of somebody who lost their phone with `--of NAME`.
      """,
      "aiom person codes", "aiom person codes --remove", "aiom person codes --remove --of bo"))

  @Flag(name: .long, help: "Remove the key.")
  var remove = false

  @Option(name: .long, help: "Whose key is removed; without it: yours.")
  var of: String?

  @OptionGroup var secrets: SecretOptions
  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let setup = CodeSetup(house.access)
    let input = secrets.input(console)
    if remove {
      let person = try PersonSelf.id(of, house)
      let code = of == nil ? try input.secret("One-time code") : nil
      try await setup.remove(of: person, code: code, by: house.caller, via: "cli")
      console.emit(["removed": true])
      return console.say("Removed.")
    }
    guard of == nil else {
      throw Failure(
        .usage, "codes.of", "Everybody sets up their own codes.",
        remedy: "Leave --of out, or add --remove.")
    }
    let made = try await setup.begin(issuer: "AIOM", by: house.caller, via: "cli")
    console.note("Put this key into your app: \(made.key)")
    console.note("or open: \(made.address)")
    try await setup.confirm(input.secret("The code it shows now"), by: house.caller, via: "cli")
    console.emit(["confirmed": true])
    console.say("Set up. Signing in asks for a code from now on.")
  }
}
