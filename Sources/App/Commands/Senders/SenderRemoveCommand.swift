import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct SenderRemoveCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take a name away.",
    discussion: Examples.after(
      """
      Nothing goes out under it from then on. What waits under it asks for approval again at once,
      under the name that the rules give now; what a proposal itself put under it fails when it is
      due. The audit trail keeps what it was.
      """,
      "aiom sender remove ann"))

  @OptionGroup var name: SenderIDArgument

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let id = try name.read()
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let (removed, asked) = try await SenderIdentities(house.context).remove(
      organisation.id, id, by: house.author(.settings, in: organisation.id), via: "cli")
    console.emit(["removed": SenderView.json(removed), "asked_again": .integer(Int64(asked))])
    console.say("Removed: \(id.rawValue).")
    if asked > 0 { console.say(SenderChangeView.askedAgain(asked)) }
  }
}
