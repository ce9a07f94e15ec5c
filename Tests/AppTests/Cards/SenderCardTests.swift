import ActionProtocol
import Addressing
import Cards
import Engine
import Testing

@testable import App

@Suite struct SenderCardTests {
  @Test(arguments: [
    (
      SenderChoice(.salesperson, sender: .init(rawValue: "ann"), salesperson: "Ann Lee"),
      "sender ann: Ann Lee looks after the record"
    ),
    (
      SenderChoice(.orgDefault), "the organisation's sender: this kind of message goes out under it"
    ),
    (
      SenderChoice(.orgKind, sender: .init(rawValue: "desk")),
      "sender desk: it stands over this kind of message"
    ),
    (SenderChoice(.noSalesperson), "the organisation's sender: the records name no salesperson"),
    (SenderChoice(.unverified, salesperson: "Ann Lee"), "not verified at the provider"),
  ])
  func `the card says why it is this sender`(_ choice: SenderChoice, _ words: String) throws {
    var card = try SampleCard.card()
    card.revision.choice = choice
    let text = CardView(card: card).rendered().split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    #expect(text.contains("because \(words.prefix(20))") || text.contains(words), "\(text)")
    #expect(text.contains(words))
    let json = CanonicalJSON.text(card.json)
    #expect(json.contains("\"reason\":\"\(choice.reason.rawValue)\""))
  }

  @Test(arguments: SenderProblem.allCases)
  func `the card says why nothing would go out now`(_ problem: SenderProblem) throws {
    var card = try SampleCard.card()
    card.senderProblem = problem
    let text = CardView(card: card).rendered().split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    #expect(text.contains(problem.words))
  }

  @Test func `an organisation with one sender has no such line`() throws {
    let text = CardView(card: try SampleCard.card()).rendered()
    #expect(!text.contains("because"))
    #expect(
      CanonicalJSON.text(try SampleCard.card().json).contains(
        "\"sender_choice\":null"))
  }
}
