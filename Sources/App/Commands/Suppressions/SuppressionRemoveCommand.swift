import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct SuppressionRemoveCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Let an address be written to again, as far as one suppression forbade it.",
    discussion: Examples.after(
      """
      Takes the id from `aiom suppression list`. Its readable address is erased with it; the audit
      trail keeps that and why it was removed. The provider's own list stays as it is: what it
      suppresses comes back with the next sync until it is removed there.
      """,
      "aiom suppression remove 0193f2… --reason \"the mailbox exists again\""))

  @Argument(help: "The suppression's id.")
  var id: String

  @Option(name: .long, help: "Why, for the record; asked for at a terminal.")
  var reason: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let reason = try ReasonOption.reason(reason, "Why is it removed?", console)
    let removed = try await Suppressions(house.context).remove(
      organisation.id, id, note: reason, by: house.author(.unsuppress, in: organisation.id),
      via: "cli")
    console.emit(["removed": removed.json])
    console.say("Removed.")
    if removed.channel == .email, removed.scope == .all, removed.expiresAt == nil {
      console.say(
        "If the provider lists it as well, remove it there too; else the next sync brings it back.")
    }
  }
}
