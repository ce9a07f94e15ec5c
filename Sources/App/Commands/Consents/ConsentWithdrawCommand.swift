import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct ConsentWithdrawCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: "Take a consent back; what was recorded stays on record.",
    discussion: Examples.after(
      """
      Takes the id from `aiom consent list`. Marketing to the address then waits for a person; to
      forbid it for good: `aiom suppression add`.
      """,
      "aiom consent withdraw 0193f2… --reason \"asked on the phone\""))

  @Argument(help: "The consent's id.")
  var id: String

  @Option(name: .long, help: "Why, for the record; asked for at a terminal.")
  var reason: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let reason = try ReasonOption.reason(reason, "Why is it withdrawn?", console)
    let withdrawn = try await Consents(house.context).withdraw(
      organisation.id, id, note: reason, by: house.author(.suppress, in: organisation.id),
      via: "cli")
    console.emit(["withdrawn": ConsentView.json(withdrawn, at: SystemClock.now())])
    console.say("Withdrawn.")
  }
}
