import ActionProtocol
import ArgumentParser
import Decisions
import Engine
import Insights

struct HoldRemoveCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "End a hold.",
    discussion: Examples.after(
      """
      Takes the id from `aiom hold list`. Nothing is sent by it: the next analysis may propose a
      reminder again, which is approved anew. What was on hold, and why, stays on record.
      """,
      "aiom hold remove 0193f2… --reason \"credit note sent\""))

  @Argument(help: "The hold's id.")
  var id: String

  @Option(name: .long, help: "Why, for the record; asked for at a terminal.")
  var reason: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let org = try await house.organisation().id
    let reason = try ReasonOption.reason(reason, "Why does it end?", console)
    let ended = try await CollectionHolds(house.context).remove(
      org, id, note: reason, by: house.author(.records, in: org), via: "cli")
    console.emit(["removed": HoldView.json(ended, state: .ended)])
    console.say("Ended. See what may be proposed again with: aiom analyze --dry-run")
  }
}
