import ActionProtocol
import ArgumentParser
import Cards
import Decisions
import Engine

struct ActionApproveCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Approve exactly what the card shows.",
    discussion: Examples.after(
      """
      Shows the card and asks. The approval names the digest of what was shown: anything that
      changes afterwards voids it. Without a terminal, give --digest (from `aiom action show`), or
      --yes to approve whatever the newest revision is.

      What would go to a suppressed address cannot be approved. Where a recipient complained or
      unsubscribed, a message that has to be sent all the same needs --despite-objection. Where a
      rule wants a one-time code, type it or give --code (`aiom person codes` sets up the app).

      Several ids are approved in one stroke, at most 25 of one type and risk; what has a high risk is
      looked at alone. Each is approved or refused for itself.
      """,
      "aiom action approve 0193f2",
      "aiom action approve 0193f2 --digest 5f2c9a… --json",
      "aiom action approve 0193f2 --yes",
      "aiom action approve 0193f2 0193f3 0193f4"))

  @Argument(help: ArgumentHelp("The action's id, or its first characters.", valueName: "id"))
  var ids: [String]

  @Option(name: .long, help: "The digest of what you saw: all of it, or at least 12 characters.")
  var digest: String?

  @Flag(
    name: .long, help: "It has to be sent although a recipient complained or unsubscribed.")
  var despiteObjection = false

  @Option(
    name: .long, help: "The six digits that your app shows, where a rule wants a one-time code.")
  var code: String?

  @Flag(name: .long, help: "Do not ask.")
  var yes = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let desk = try await ActionDesk(Composition.open(global, console))
    guard ids.count == 1, let id = ids.first else {
      return try await together(desk, console)
    }
    let card = try await desk.card(id)
    if let digest { try Self.compare(digest, card.state) }
    let shownAt = ContinuousClock.now
    let isShown = digest == nil && !yes
    if isShown {
      try Self.requireTerminal(console)
      console.show(desk.rendered(card, console))
      console.say()
      guard Prompt(console: console).confirm("Approve?") else {
        console.say("Nothing was approved.")
        throw ExitCode.refused
      }
    }
    let considered = isShown ? ContinuousClock.now - shownAt : nil
    let author = try await desk.author(.decide)
    let state = try await desk.approvals.approve(
      desk.org, card.state.id, digest: card.state.digest, despiteObjection: despiteObjection,
      stepUp: proof(desk, card, console), manner: DecisionManner(considered: considered),
      by: author, via: "cli")
    guard state.status == .approved else {
      let approval = try await desk.card(of: state.id).approval
      desk.announce(
        state, "Your approval is taken. \(CardView.missing(approval?.missing ?? [:]))", console)
      return
    }
    let banner = StopView.banner(try await StopView.standing(desk.house, desk.org))
    desk.announce(state, "Approved. \(banner ?? desk.whenExecuted(state))", console)
  }

  /// The one-time code as proof for this digest alone; nil where nobody asks for one.
  private func proof(
    _ desk: ActionDesk, _ card: ActionCard, _ console: Console
  ) async throws -> StepUpEvidence? {
    let wanted = card.approval?.request.requirement.stepUp ?? StepUp.none
    let isAsked = code == nil && wanted == .totp && console.canAsk
    let typed = isAsked ? Prompt(console: console).line("One-time code") : nil
    guard let code = code ?? typed else { return nil }
    return try await CodeSetup(desk.house.access).prove(
      code, for: card.state.digest, by: desk.house.caller, via: "cli")
  }

  private static func compare(_ given: String, _ state: ActionState) throws {
    let text = given.lowercased()
    guard text.utf8.count >= 12 else {
      throw Failure(
        .usage, "action.digest_short", "--digest has fewer than 12 characters.",
        remedy: "Copy it from `aiom action show`.")
    }
    guard state.digest.hex.hasPrefix(text) else {
      throw Failure(
        .conflict, "action.digest_mismatch",
        "The action is not what you saw: revision \(state.revision) has another digest.",
        remedy: "Look again with `aiom action show \(state.id.rawValue)` and approve that.",
        details: ["digest": .string(state.digest.hex)])
    }
  }

  static func requireTerminal(_ console: Console) throws {
    guard !console.canAsk else { return }
    throw Failure(
      .usage, "action.not_confirmed", "An approval needs your word, and there is nobody to ask.",
      remedy: "Add --digest with the digest that `aiom action show` prints, or --yes.")
  }
}
