import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct ActionConfirmFactsCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm-facts",
    abstract: "Vouch for the facts of an action whose records are too old to check.",
    discussion: Examples.after(
      """
      Overrides the hold "the records are too old" once, for this revision, under your name.
      Importing fresh records is the better way.
      """,
      "aiom action confirm-facts 0193f2 --reason \"checked the bank account today\""))

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @Option(name: .long, help: "How you know, for the record; asked for at a terminal.")
  var reason: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let desk = try await ActionDesk(Composition.open(global, console))
    let state = try await desk.find(id)
    let reason = try ReasonOption.reason(reason, "How do you know?", console)
    let confirmed = try await desk.approvals.confirmFacts(
      desk.org, state.id, reason: reason, by: desk.author(.decide), via: "cli")
    desk.announce(confirmed, "Recorded. \(desk.whenExecuted(confirmed))", console)
  }
}
