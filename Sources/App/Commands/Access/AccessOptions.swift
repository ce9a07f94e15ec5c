import ArgumentParser
import Decisions

/// Reading handles, roles and rights from the command line.
enum AccessOptions {
  static func person(_ text: String) throws -> PersonID {
    guard let id = PersonID(rawValue: text.lowercased()) else {
      throw Failure(
        .usage, "person.handle", "The short name \(PersonID.rule).",
        remedy: "Take one such as ann or ann.lee; it is what is typed to sign in.")
    }
    return id
  }

  static func role(_ text: String) throws -> RoleName {
    guard let name = RoleName(rawValue: text) else {
      throw Failure(
        .usage, "role.name", "A role's name \(RoleName.rule).",
        remedy: "`aiom role list` lists those that there are.")
    }
    return name
  }

  static func roles(_ texts: [String]) throws -> Set<RoleName> { Set(try texts.map(role)) }
}

/// `--stdin` of the commands that need a secret.
struct SecretOptions: ParsableArguments {
  @Flag(
    name: .long,
    help: "Take secrets from standard input, one line for each question, instead of the terminal.")
  var stdin = false

  func input(_ console: Console) -> SecretInput { SecretInput(console: console, fromInput: stdin) }
}
