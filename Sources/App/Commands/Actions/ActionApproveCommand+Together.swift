import ActionProtocol
import ArgumentParser
import Cards
import Decisions
import Engine

extension ActionApproveCommand {
  /// Several in one stroke: every recipient and the total are shown first.
  func together(_ desk: ActionDesk, _ console: Console) async throws {
    guard digest == nil, code == nil, !despiteObjection else {
      throw Failure(
        .usage, "bulk.option",
        "--digest, --code and --despite-objection are about one action, and several are named.",
        remedy: "Approve that one alone.")
    }
    var cards: [ActionCard] = []
    for id in ids { cards.append(try await desk.card(id)) }
    let shownAt = ContinuousClock.now
    if !yes {
      try Self.requireTerminal(console)
      console.show(Self.list(cards, console))
      console.say()
      guard Prompt(console: console).confirm("Approve these \(cards.count)?") else {
        console.say("Nothing was approved.")
        throw ExitCode.refused
      }
    }
    let results = try await BulkApproval(desk.house.context).approve(
      desk.org, cards.map { BulkChoice(id: $0.state.id, digest: $0.state.digest) },
      considered: yes ? nil : ContinuousClock.now - shownAt, by: desk.author(.decide), via: "cli")
    console.emit(["results": .array(results.map(\.json))])
    var refused = 0
    for result in results {
      switch result.outcome {
      case .success(let state):
        console.say("\(state.id.rawValue): \(StateWording.status(state.status))")
      case .failure(let error):
        refused += 1
        console.say("\(result.id.rawValue): not approved. \(error.message) \(error.remedy)")
      }
    }
    guard refused == 0 else { throw ExitCode.refused }
  }

  private static func list(_ cards: [ActionCard], _ console: Console) -> String {
    var table = TextTable([.left("ID"), .left("WHAT"), .left("ABOUT"), .right("AMOUNT")])
    let digits = ActionStateView.shortestUniquePrefix(cards.map(\.state.id.rawValue))
    var totals: [Currency: Money] = [:]
    for card in cards {
      let money = card.proposal.estimatedImpact?.revenueChange
      if let money {
        totals[money.currency] = totals[money.currency].flatMap { $0.adding(money) } ?? money
      }
      table.add([
        String(card.state.id.rawValue.prefix(digits)), DisplayText.line(card.sentence),
        DisplayText.shortened(DisplayText.line(card.state.title), to: 40),
        money.map(AmountText.text) ?? "-",
      ])
    }
    let sum = totals.values.map(AmountText.text).sorted().joined(separator: ", ")
    return table.rendered(style: console.style)
      + "\n\(cards.count) actions" + (sum.isEmpty ? ".\n" : ", together \(sum).\n")
  }
}
