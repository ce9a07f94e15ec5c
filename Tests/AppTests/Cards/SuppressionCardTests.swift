import ActionProtocol
import Cards
import Decisions
import Testing

@testable import App
@testable import Engine

@Suite struct SuppressionCardTests {
  private func card(_ verdict: (GuardReason) -> GuardVerdict) throws -> ActionCard {
    var card = try SampleCard.card()
    card.guardVerdict = verdict(
      GuardReason(
        rule: "suppressed.hard_bounce", hold: .needsPerson, limit: .suppression(.all),
        until: nil,
        since: try SampleCard.instant("2026-11-20T14:10:00Z"),
        address: AddressDigest.of("Billing+x@customer.example", .email)))
    return card
  }

  @Test func `a card names who is suppressed, since when and why`() throws {
    let text = CardView(card: try card { .drop(reasons: [$0]) }).rendered()
    #expect(text.contains("it would never be sent; edit or reject it"))
    let joined = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(joined.contains("billing@customer.example is suppressed since"))
    #expect(joined.contains("hard bounce; allowed: no message at all"))
  }

  @Test func `the same as JSON`() throws {
    let json = try card { .drop(reasons: [$0]) }.json
    let text = String(decoding: CanonicalJSON.encode(json), as: UTF8.self)
    #expect(text.contains(#""verdict":"drop""#))
    #expect(text.contains(#""recipient":"billing@customer.example""#))
    #expect(text.contains(#""since":"2026-11-20T14:10:00.000Z""#))
  }

  @Test func `what an objection holds says so`() throws {
    let text = CardView(card: try card { .needsPerson(reasons: [$0]) }).rendered()
    #expect(text.contains("held until a person corrects it"))
    #expect(text.contains("billing@customer.example"))
  }

  @Test(arguments: SuppressionReason.allCases)
  func `every reason has words`(_ reason: SuppressionReason) {
    let words = StateWording.rule("suppressed.\(reason.rawValue)")
    #expect(words == StateWording.reason(reason))
    #expect(!words.contains("_"))
  }
}
