import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct ActionRequeueCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "requeue",
    abstract: "Ask again about an action that failed.",
    discussion: Examples.after(
      "Makes a new revision that waits for approval and is checked anew.",
      "aiom action list --status failed", "aiom action requeue 0193f2"))

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let desk = try await ActionDesk(Composition.open(global, console))
    let state = try await desk.find(id)
    let requeued = try await desk.approvals.requeue(
      desk.org, state.id, by: desk.author(.decide), via: "cli")
    desk.announce(requeued, "Revision \(requeued.revision) waits for approval.", console)
  }
}
