import ActionProtocol
import ArgumentParser
import Engine

struct ActionShowCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the card of an action: everything to know before deciding.",
    discussion: Examples.after(
      """
      What will happen, to whom, when, the whole message, what changes, the facts with their age,
      what is checked again, the history, and what happens if nobody answers.
      """,
      "aiom action show 0193f2", "aiom action show 0193f2 --html",
      "aiom action show 0193f2 --json"))

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @Flag(name: .long, help: "Show the HTML version of the message too.")
  var html = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let desk = try await ActionDesk(Composition.open(global, console))
    let card = try await desk.card(id)
    console.emit(card.json)
    console.show(desk.rendered(card, console, showsHTML: html))
  }
}
