import ActionProtocol
import ArgumentParser
import Cards
import Decisions
import Engine

struct ActionWithdrawCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: "Take an approval back before it is carried out.",
    discussion: Examples.after(
      """
      Possible until the action is being carried out; the undo window of the organisation is there
      for this. An action that is under way cannot be taken back.
      """,
      "aiom action withdraw 0193f2 --reason \"wrong customer\""))

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @Option(name: .long, help: "Why, for the record; asked for at a terminal.")
  var reason: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let desk = try await ActionDesk(Composition.open(global, console))
    let state = try await desk.find(id)
    let reason = try ReasonOption.reason(reason, "Why is the approval taken back?", console)
    guard state.status == .approved else {
      throw Failure(
        .conflict, "action.not_approved",
        "The action \(state.id.rawValue) is \(StateWording.status(state.status)), so there is no "
          + "approval to take back.",
        remedy: "Look at it with `aiom action show \(state.id.rawValue)`.")
    }
    let withdrawn = try await desk.approvals.reject(
      desk.org, state.id, reason: reason, by: desk.author(.decide), via: "cli")
    desk.announce(
      withdrawn,
      "The approval is taken back, and the action is rejected. The same finding is not proposed "
        + "again until its facts change.", console)
  }
}
