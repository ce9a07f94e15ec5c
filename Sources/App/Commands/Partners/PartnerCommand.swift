import ActionProtocol
import ArgumentParser
import Decisions
import Engine

/// Customers that became one.
struct PartnerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "partner",
    abstract: "Tell that two customers are one, for the anti-spam limits.",
    discussion: Examples.after(
      """
      Contacts count for their company by themselves. Where your books merged two customers, say so:
      what was sent to either then counts for both.
      """,
      "aiom partner merge 4711 42", "aiom partner list"),
    subcommands: [PartnerMergeCommand.self, PartnerListCommand.self])
}

struct PartnerMergeCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Make a customer part of another.",
    discussion: Examples.after(
      """
      What was sent to either counts for both from now on; what was recorded stays as it was. This
      is not taken back.
      """,
      "aiom partner merge 4711 42"))

  @Argument(help: "The id of the customer that is no more.")
  var partner: String

  @Argument(help: "The id of the customer that it became.")
  var into: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let (partner, into) = (try Self.id(partner, "PARTNER"), try Self.id(into, "INTO"))
    let house = try await Composition.open(global, console)
    let org = try await house.organisation().id
    let alias = try await PartnerMerging(house.context).merge(
      org, partner, into: into, by: house.author(.records, in: org), via: "cli")
    console.emit(PartnerListCommand.json(alias))
    console.say(
      "Messages to \(alias.partner.rawValue) and \(alias.root.rawValue) count for both now.")
  }

  private static func id(_ text: String, _ field: String) throws -> PartnerID {
    guard let number = Int64(text), let id = PartnerID(rawValue: number) else {
      throw Failure(
        .usage, "partner.id", "\(field) must be a customer's number, not \(text).",
        remedy: "Its number stands on the card of an action about it: aiom action show ID.")
    }
    return id
  }
}

struct PartnerListCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the customers that became part of others.",
    discussion: Examples.after("", "aiom partner list --json"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let org = try await house.organisation().id
    let aliases = try await house.store.read { try $0.partnerAliases(org) }
    console.emit(["merged": .array(aliases.map(Self.json))])
    guard !aliases.isEmpty else {
      console.show("No customer became part of another. See: aiom partner merge --help")
      return
    }
    var table = TextTable([.right("customer"), .right("is part of")])
    for alias in aliases {
      table.add([String(alias.partner.rawValue), String(alias.root.rawValue)])
    }
    console.show(table.rendered())
  }

  static func json(_ alias: PartnerAlias) -> JSONValue {
    ["partner": .integer(alias.partner.rawValue), "into": .integer(alias.root.rawValue)]
  }
}
