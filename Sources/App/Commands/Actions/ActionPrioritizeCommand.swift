import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct ActionPrioritizeCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "prioritize",
    abstract: "Let an action go before or behind the others of its organisation.",
    discussion: Examples.after(
      """
      critical goes before high, normal and low. It counts once the action is due, among the actions
      of its organisation alone; nothing that an approval covers changes.
      """,
      "aiom action prioritize 0193f2 critical"))

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @Argument(
    help: "critical, high, normal or low.",
    completion: .list(ActionPriority.allCases.map(\.word)))
  var priority: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    guard let wanted = ActionPriority(word: priority) else {
      throw Failure(
        .usage, "action.priority", "There is no priority \(priority).",
        remedy: "There are: \(ActionPriority.allCases.map(\.word).joined(separator: ", ")).")
    }
    let desk = try await ActionDesk(Composition.open(global, console))
    let state = try await desk.find(id)
    let changed = try await Priorities(desk.house.context)
      .set(desk.org, state.id, to: wanted, by: desk.author(.decide), via: "cli")
    desk.announce(changed, "Its priority is \(wanted.word).", console)
  }
}
