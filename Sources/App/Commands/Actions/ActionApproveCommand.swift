import ActionProtocol
import ArgumentParser
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
      unsubscribed, a message that has to be sent all the same needs --despite-objection.
      """,
      "aiom action approve 0193f2",
      "aiom action approve 0193f2 --digest 5f2c9a… --json",
      "aiom action approve 0193f2 --yes"))

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @Option(name: .long, help: "The digest of what you saw: all of it, or at least 12 characters.")
  var digest: String?

  @Flag(
    name: .long, help: "It has to be sent although a recipient complained or unsubscribed.")
  var despiteObjection = false

  @Flag(name: .long, help: "Do not ask.")
  var yes = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let desk = try await ActionDesk(Composition.open(global, console))
    let card = try await desk.card(id)
    if let digest { try Self.compare(digest, card.state) }
    if digest == nil, !yes {
      try Self.requireTerminal(console)
      console.show(desk.rendered(card, console))
      console.say()
      guard Prompt(console: console).confirm("Approve?") else {
        console.say("Nothing was approved.")
        throw ExitCode.refused
      }
    }
    let state = try await desk.approvals.approve(
      desk.org, card.state.id, digest: card.state.digest, despiteObjection: despiteObjection,
      by: desk.house.author, via: "cli")
    let banner = StopView.banner(try await StopView.standing(desk.house, desk.org))
    desk.announce(state, "Approved. \(banner ?? desk.whenExecuted(state))", console)
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

  private static func requireTerminal(_ console: Console) throws {
    guard !console.canAsk else { return }
    throw Failure(
      .usage, "action.not_confirmed", "An approval needs your word, and there is nobody to ask.",
      remedy: "Add --digest with the digest that `aiom action show` prints, or --yes.")
  }
}
