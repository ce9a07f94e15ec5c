import ActionProtocol
import ArgumentParser
import Decisions
import Engine

/// Roles of an organisation.
struct RoleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "role",
    abstract: "What roles may do: the five of every organisation, and own ones.",
    discussion: Examples.after(
      """
      Every organisation has owner, finance, sales, approver and viewer. An own role is a name with
      rights: \(Right.words(Set(Right.allCases)).replacing(",", with: ", ")).
      """,
      "aiom role list", "aiom role add dunning --rights read,decide,stop",
      "aiom person role bo --add dunning"),
    subcommands: [
      RoleListCommand.self, RoleShowCommand.self, RoleAddCommand.self, RoleRemoveCommand.self,
    ])
}

struct RoleListCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the roles, what each may do, and how many have it.",
    discussion: Examples.after("", "aiom role list"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let roles = try await Roles(house.access).list(house.organisation().id)
    console.emit(["roles": .array(roles.map(RoleView.json))])
    var table = TextTable([.left("ROLE"), .right("PERSONS"), .left("RIGHTS")])
    for role in roles {
      table.add([
        role.name.rawValue, String(role.holders),
        Right.words(role.rights).replacing(",", with: ", "),
      ])
    }
    console.show(table.rendered(style: console.style))
  }
}

struct RoleShowCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what a role may do, in words.",
    discussion: Examples.after("", "aiom role show approver"))

  @Argument(help: "The role.")
  var role: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let name = try AccessOptions.role(role)
    let roles = try await Roles(house.access).list(house.organisation().id)
    guard let found = roles.first(where: { $0.name == name }) else {
      throw Failure(
        .refused, "role.unknown", "There is no role \(name.rawValue) here.",
        remedy: "`aiom role list` lists them.")
    }
    console.emit(RoleView.json(found))
    var table = TextTable([.left("RIGHT"), .left("MAY"), .left("AGENTS")])
    for right in found.rights.sorted() {
      table.add([right.rawValue, right.meaning, right.needsPerson ? "never" : "may have it"])
    }
    console.show(table.rendered(style: console.style))
  }
}

struct RoleAddCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add a role of your own, or change what it may do.",
    discussion: Examples.after(
      "A change holds at once for everybody who has the role.",
      "aiom role add dunning --rights read,decide,stop"))

  @Argument(help: "The role's name.")
  var role: String

  @Option(name: .long, help: "What it may do, with commas.")
  var rights: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let (name, rights) = (try AccessOptions.role(role), try Right.list(rights))
    try await Roles(house.access).save(
      name, rights: rights, in: house.organisation().id, by: house.caller, via: "cli")
    console.emit(["role": .string(name.rawValue), "rights": .string(Right.words(rights))])
    console.say("\(name.rawValue) may: \(Right.words(rights).replacing(",", with: ", ")).")
  }
}

struct RoleRemoveCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove a role of your own that nobody has.",
    discussion: Examples.after("", "aiom role remove dunning"))

  @Argument(help: "The role's name.")
  var role: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let name = try AccessOptions.role(role)
    try await Roles(house.access).remove(
      name, in: house.organisation().id, by: house.caller, via: "cli")
    console.emit(["removed": .string(name.rawValue)])
    console.say("Removed.")
  }
}

private enum RoleView {
  static func json(_ role: Roles.Listed) -> JSONValue {
    [
      "role": .string(role.name.rawValue), "built_in": .bool(role.isBuiltIn),
      "persons": .integer(Int64(role.holders)),
      "rights": .array(role.rights.sorted().map { .string($0.rawValue) }),
    ]
  }
}
