import ActionProtocol
import Cards
import Decisions
import Engine
import Sandbox

extension DemoRun {
  /// Shows the card and asks, in two acts.
  /// - Returns: the approved action; nil where the answer was no.
  func decide(_ id: ActionID, from number: Int = 4) async throws -> ActionState? {
    act(number, "The card: exactly what will happen")
    let card = try await desk.card(of: id)
    console.show(desk.rendered(card, console))
    act(number + 1, "Your approval")
    tell(
      "It names the digest of the card above: what was approved is what is sent, and any change "
        + "voids it.")
    let question = "\(card.sentence). Approve?"
    if yes {
      console.say("\(question) [y/N] y   (answered by --yes)")
    } else if !Prompt(console: console).confirm(question) {
      _ = try await desk.approvals.reject(
        desk.org, id, reason: "declined in the demo", by: house.desk.author(.decide), via: "demo")
      tell("Rejected, with your name and reason. Nothing was sent, and nothing will be.")
      return nil
    }
    let state = try await desk.approvals.approve(
      desk.org, id, digest: card.state.digest, by: house.desk.author(.decide), via: "demo")
    let seconds = desk.organisation.undoSeconds
    tell(
      "Approved by \(house.house.caller.author.rawValue)."
        + (seconds > 0 ? " For \(seconds) seconds it can be taken back:" : ""))
    await UndoCountdown(console: console).wait(for: state)
    return state
  }

  /// Carries the approved action out and shows what arrived.
  func carryOut(_ approved: ActionState) async throws {
    act(6, "The six stages (Action Executor)")
    let reports = try await ActionRunner(house: house.house).run(desk.org, [approved.id])
    guard let report = reports.first, report.outcome == .completed else {
      throw DemoHouse.missing("a completed action")
    }
    try await showExecuted(approved.id)
  }

  /// Shows the stages of an action, and what arrived.
  func showExecuted(_ id: ActionID) async throws {
    let card = try await desk.card(of: id)
    console.show(StageTable.table(card.stages.map(\.stage)).rendered(style: style, indent: 2))
    console.say()
    console.say("status        \(StateWording.status(card.state.status))")
    console.say("provider id   \(card.state.providerID ?? "-")")
    try await showMessage(card.state)
    if let next = card.nextAllowed {
      console.say()
      console.say(
        "next e-mail to this customer allowed: \(time.text(next)) "
          + "(\(LocalTime.distance(next, from: card.now)))")
    }
  }

  private func showMessage(_ state: ActionState) async throws {
    guard let id = state.providerID, let message = await sandbox.mailbox.message(id: id) else {
      throw DemoHouse.missing("the message in the sandbox")
    }
    console.say()
    console.say(style.bold("As the provider received it"))
    var page = CardPage(style: style, width: console.width)
    page.field("From", message.sender)
    page.field("To", message.to.joined(separator: ", "))
    page.field("Subject", message.subject)
    if let operation = message.header("X-AIOM-Operation") {
      page.field("Operation", "\(operation) (in the header X-AIOM-Operation)")
    }
    page.quote(message.textBody ?? "")
    if let html = message.htmlBody {
      page.field("HTML", "\(AmountText.grouped(String(html.count))) characters beside the text")
    }
    console.show(page.rendered)
  }
}
