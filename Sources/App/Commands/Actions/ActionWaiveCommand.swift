import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct ActionWaiveCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "waive",
    abstract: "Let a critical action pass caps and budget, with a reason.",
    discussion: Examples.after(
      """
      Only an action of priority critical, and only the revision that you saw. Nothing else is passed:
      suppressions, consents, an emergency stop, cool-downs and quiet hours bind as before. Your name
      and the reason are recorded.
      """,
      "aiom action waive 0193f2 --reason \"the plant stands still until they answer\""))

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @Option(name: .long, help: "Why it cannot wait, for the record; asked for at a terminal.")
  var reason: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let desk = try await ActionDesk(Composition.open(global, console))
    let state = try await desk.find(id)
    let reason = try ReasonOption.reason(reason, "Why can it not wait?", console)
    let waived = try await LimitWaivers(desk.house.context).waive(
      desk.org, state.id, digest: state.digest, reason: reason, by: desk.author(.decide), via: "cli"
    )
    desk.announce(waived, "It passes caps and budget; everything else binds as before.", console)
  }
}
