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
    let bulk = BulkApproval(desk.house.context)
    var named: [ActionID] = []
    for id in ids { named.append(try await desk.find(id).id) }
    let review = try await bulk.review(desk.org, named)
    let shownAt = ContinuousClock.now
    if !yes {
      try Self.requireTerminal(console)
      console.show(Self.list(review, console))
      console.say()
      guard Prompt(console: console).confirm("Approve these \(named.count)?") else {
        console.say("Nothing was approved.")
        throw ExitCode.refused
      }
    }
    let results = try await bulk.approve(
      desk.org, review.items.map { BulkChoice(id: $0.state.id, digest: $0.state.digest) },
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

  private static func list(_ review: BulkReview, _ console: Console) -> String {
    var table = TextTable([
      .left("ID"), .left("WHAT"), .left("ABOUT"), .left("TO WHOM"), .right("AMOUNT"),
    ])
    let digits = ActionStateView.shortestUniquePrefix(review.items.map(\.state.id.rawValue))
    for item in review.items {
      table.add([
        String(item.state.id.rawValue.prefix(digits)), DisplayText.line(item.sentence),
        DisplayText.shortened(DisplayText.line(item.state.title), to: 40),
        DisplayText.line(item.recipients.joined(separator: ", ")),
        item.amount.map(AmountText.text) ?? "-",
      ])
    }
    let sum = review.totals.map(AmountText.text).joined(separator: ", ")
    return table.rendered(style: console.style)
      + "\n\(review.items.count) actions" + (sum.isEmpty ? ".\n" : ", together \(sum).\n")
  }
}
