import ActionProtocol
import ArgumentParser
import Engine

struct ActionSettleCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "settle",
    abstract: "Say what became of a message whose outcome nobody knows.",
    discussion: Examples.after(
      """
      Look at the evidence on the card and at the provider's activity page first. ANSWER is one of:
        arrived      it was accepted: the action completes
        send-again   it was not: a new revision that needs a new approval
        leave        it ends as failed, and its place in the cool-down stays used
      """,
      "aiom action settle 0193f2 arrived --reason \"seen on the activity page\"",
      "aiom action settle 0193f2 leave --reason \"the customer called\""))

  enum Answer: String, ExpressibleByArgument, CaseIterable {
    case arrived
    case sendAgain = "send-again"
    case leave
  }

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @Argument(help: "What happened.")
  var answer: Answer

  @Option(name: .long, help: "How you know, for the record; asked for at a terminal.")
  var reason: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let desk = try await ActionDesk(Composition.open(global, console))
    let state = try await desk.find(id)
    let reason = try ReasonOption.reason(reason, "How do you know?", console)
    let choice: UnknownAnswer =
      switch answer {
      case .arrived: .arrived
      case .sendAgain: .sendAgain
      case .leave: .leave
      }
    let settled = try await desk.approvals.settle(
      desk.org, state.id, answer: choice, reason: reason, by: desk.house.author, via: "cli")
    desk.announce(settled, "Settled: \(StateWording.status(settled.status)).", console)
  }
}
