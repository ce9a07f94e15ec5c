import ActionProtocol
import ArgumentParser
import Cards
import Decisions
import Engine

struct ActionSettleCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "settle",
    abstract: "Say what became of a message whose outcome nobody knows.",
    discussion: Examples.after(
      """
      Shows the evidence first. Look at the provider's activity page too. One of:
        --arrived    it was accepted: the action completes
        --not-sent   it was not: a new revision that needs a new approval
        --leave      it ends as failed, and its place in the cool-down stays used
      The words arrived, send-again and leave after the id say the same.
      """,
      "aiom action settle 0193f2 --arrived --reason \"seen on the activity page\"",
      "aiom action settle 0193f2 --leave --reason \"the customer called\""))

  enum Answer: String, ExpressibleByArgument, CaseIterable {
    case arrived
    case sendAgain = "send-again"
    case leave
  }

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @Argument(help: ArgumentHelp("What happened.", visibility: .hidden))
  var answer: Answer?

  @Flag(name: .long, help: "It was accepted.")
  var arrived = false

  @Flag(name: .long, help: "It was not sent; ask for approval to send it again.")
  var notSent = false

  @Flag(name: .long, help: "Nobody will ever know; end it as failed.")
  var leave = false

  @Option(name: .long, help: "How you know, for the record; asked for at a terminal.")
  var reason: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard given.count == 1 else {
      throw ValidationError("Say one of --arrived, --not-sent and --leave.")
    }
  }

  func perform(_ console: Console) async throws {
    let desk = try await ActionDesk(Composition.open(global, console))
    let card = try await desk.card(id)
    showEvidence(card, desk, console)
    guard let choice = given.first else { return }
    let reason = try ReasonOption.reason(reason, "How do you know?", console)
    let settled = try await desk.approvals.settle(
      desk.org, card.state.id, answer: choice, reason: reason, by: desk.author(.decide), via: "cli")
    desk.announce(settled, "Settled: \(StateWording.status(settled.status)).", console)
  }

  /// Everything that was answered, in either spelling.
  private var given: [UnknownAnswer] {
    var given: [UnknownAnswer] = []
    switch answer {
    case .arrived: given.append(.arrived)
    case .sendAgain: given.append(.sendAgain)
    case .leave: given.append(.leave)
    case nil: break
    }
    if arrived { given.append(.arrived) }
    if notSent { given.append(.sendAgain) }
    if leave { given.append(.leave) }
    return given
  }

  /// What is known so far of the calls, for people.
  private func showEvidence(_ card: ActionCard, _ desk: ActionDesk, _ console: Console) {
    console.say(DisplayText.line(card.sentence))
    for moment in HistoryMoment.evidence(of: card) {
      console.say("  \(desk.time.text(moment.at))  \(DisplayText.line(moment.words))")
    }
  }
}
