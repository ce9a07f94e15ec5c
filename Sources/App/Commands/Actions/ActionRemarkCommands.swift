import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct ActionCommentCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "comment",
    abstract: "Say something about an action; it decides nothing.",
    discussion: Examples.after(
      "The words stand on the card, with your name.",
      "aiom action comment 0193f2 \"I called them, they pay on Friday.\""))

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @Argument(help: "What you say, at most 1000 characters.")
  var text: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let desk = try await ActionDesk(Composition.open(global, console))
    let state = try await desk.find(id)
    let remark = try await Remarks(desk.house.context).comment(
      desk.org, state.id, text, by: desk.author(.propose), via: "cli")
    console.emit(["remark": remark.json])
    console.say("Said.")
  }
}

struct ActionAskCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask",
    abstract: "Ask about an action, or for something to be changed first.",
    discussion: Examples.after(
      """
      Whoever proposed it is asked, unless --to names a person. The action waits as before, and its
      card says that an answer is missing; `aiom action answer` gives it.
      """,
      "aiom action ask 0193f2 \"Is the amount without the credit note?\"",
      "aiom action ask 0193f2 \"May we?\" --to ann"))

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @Argument(help: "The question, at most 1000 characters.")
  var text: String

  @Option(name: .long, help: "The short name of a person.")
  var to: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let desk = try await ActionDesk(Composition.open(global, console))
    let state = try await desk.find(id)
    let person = try to.map(AccessOptions.person)
    let remark = try await Remarks(desk.house.context).ask(
      desk.org, state.id, text, to: person?.author, by: desk.author(.decide), via: "cli")
    console.emit(["remark": remark.json])
    console.say("Asked \(remark.to?.rawValue ?? "").")
  }
}

struct ActionAnswerCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer",
    abstract: "Answer the open question about an action.",
    discussion: Examples.after("", "aiom action answer 0193f2 \"Yes, it is.\""))

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @Argument(help: "The answer, at most 1000 characters.")
  var text: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let desk = try await ActionDesk(Composition.open(global, console))
    let state = try await desk.find(id)
    let remark = try await Remarks(desk.house.context).answer(
      desk.org, state.id, text, by: desk.author(.propose), via: "cli")
    console.emit(["remark": remark.json])
    console.say("Answered. `aiom action show \(state.id.rawValue)`")
  }
}
