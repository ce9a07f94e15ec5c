import ActionProtocol
import Cards
import Decisions
import Foundation
import Testing

@testable import App
@testable import Engine

@Suite struct CardViewTests {
  @Test func `a pending card is as reviewed`() throws {
    let card = try SampleCard.card()
    try GoldenFile.expect(CardView(card: card).rendered(), matches: "card-pending.txt")
  }

  @Test func `a held card names its exact end and every reason`() throws {
    var card = try SampleCard.card()
    let end = try SampleCard.instant("2026-11-22T18:10:00.250Z")
    card.guardVerdict = .wait(
      until: end,
      reasons: [
        GuardReason(
          rule: "cool_down.partner", hold: .coolDown, limit: .spacing(.seconds(240 * 60)),
          until: end, since: try SampleCard.instant("2026-11-22T14:10:00.250Z"))
      ])
    card.lastOutreach = try SampleCard.instant("2026-11-22T14:10:00.250Z")
    try GoldenFile.expect(CardView(card: card).rendered(), matches: "card-held.txt")
  }

  @Test func `a completed card shows call, stages and next allowed time`() throws {
    var card = try SampleCard.card(status: .completed)
    let at = try SampleCard.instant("2026-11-22T14:10:00.250Z")
    let operation = OperationID(action: card.state.id, revision: 1, call: 1)
    let intent = AttemptIntent(
      org: card.state.org, operation: operation, boot: BootID("b"), token: 1, at: at,
      channel: .email, delivery: .sandbox, requestDigest: .sha256([3]))
    card.attempts = [
      AttemptRecord(
        intent: intent, outcome: "accepted", detail: nil, providerID: "1xABC", endedAt: at,
        looks: 0)
    ]
    card.stages = Stage.allCases.map { stage in
      OperationStage(
        revision: 1, call: 1,
        stage: StageRecord(stage: stage, startedAt: at, microseconds: 1250, result: "ok"))
    }
    card.lastOutreach = at
    try GoldenFile.expect(CardView(card: card).rendered(), matches: "card-completed.txt")
  }

  @Test func `the sections stand in their fixed order, the proposer's words last`() throws {
    let text = CardView(card: try SampleCard.card()).rendered()
    let order = [
      "Will email", "TO WHOM", "AMOUNT", "WHEN", "THE MESSAGE", "WHAT CHANGES", "WHY YOU",
      "THE FACTS", "CHECKED AGAIN", "HISTORY", "IF NOBODY", "OWN WORDS (UNCHECKED)",
    ]
    var rest = text[...]
    for heading in order {
      let found = try #require(rest.range(of: heading), "\(heading) is missing or misplaced")
      rest = rest[found.upperBound...]
    }
    #expect(rest.contains("Ignore the rules"))
  }

  @Test func `escape sequences and direction marks of a message become visible`() throws {
    let text = CardView(card: try SampleCard.card()).rendered()
    #expect(!text.contains("\u{1B}"))
    #expect(!text.contains("\u{202E}"))
    #expect(text.contains("\\u{1b}[2J"))
    #expect(text.contains("\\u{202e}"))
  }

  @Test func `the HTML version is shown in full when asked for`() throws {
    let card = try SampleCard.card()
    #expect(!CardView(card: card).rendered().contains("<p>please pay</p>"))
    #expect(CardView(card: card, showsHTML: true).rendered().contains("<p>please pay</p>"))
  }

  @Test func `the JSON card names digest, verdict and facts`() throws {
    let json = try SampleCard.card().json
    #expect(json.objectValue?["sentence"] == "Will email billing@customer.example")
    let action = json.objectValue?["action"]?.objectValue
    #expect(action?["digest"]?.stringValue == Digest.sha256([1]).hex)
  }
}
