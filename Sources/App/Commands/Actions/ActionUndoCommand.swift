import ActionProtocol
import ArgumentParser
import Engine

struct ActionUndoCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Take back what a completed action wrote to the books.",
    discussion: Examples.after(
      """
      For actions with rollback_strategy auto_undo_odoo_write: a stage goes back to what it was, a
      task goes to the archive, an activity or note is deleted. What somebody changed since stays as
      it is, and the answer says who changed it and when. A message cannot be taken back.
      """,
      "aiom action undo 0193f2 --reason \"the customer called\""))

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @Option(name: .long, help: "Why, for the record; asked for at a terminal.")
  var reason: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let desk = try await ActionDesk(Composition.open(global, console))
    let state = try await desk.find(id)
    let reason = try ReasonOption.reason(reason, "Why is it taken back?", console)
    let record = try await ActionRunner(house: desk.house).undo(
      desk.org, state.id, reason: reason)
    console.emit(["action_id": .string(state.id.rawValue), "undone": .string(record)])
    console.say("Taken back: \(record).")
  }
}
