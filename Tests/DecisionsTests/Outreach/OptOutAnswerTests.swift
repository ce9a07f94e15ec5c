import Decisions
import Testing

@Suite struct OptOutAnswerTests {
  @Test(arguments: [
    "STOP", "stop", " Stop. ", "\"STOP\"", "S.T.O.P", "stop!!!", "STOP \u{1F6D1}", "Stop\n",
    "STOPALL", "Stop all", "STOP-ALL", "Unsubscribe", "cancel", "END", "Quit.", "OPTOUT", "opt out",
    "Opt-Out", "revoke", "REMOVE", "TD", "ARRET", "Arrêt", "arre\u{302}t", "STOPP", "\u{200B}STOP",
  ])
  func `a message that is one of the words is an opt-out`(_ text: String) {
    #expect(OptOutAnswer(text) == .stop)
  }

  @Test(arguments: [
    "STOP PLEASE", "please stop", "Stop sending me these!", "I pay at the end of the week",
    "I want to opt out", "STOP 2", "no mas", "No más por favor", "basta", "BASTA!", "aufhören",
    "Bitte aufhören", "Remove me, and thank you",
  ])
  func `one of the words among others wants a person`(_ text: String) {
    #expect(OptOutAnswer(text) == .unclear)
  }

  @Test(arguments: [
    "", " ", "START", "UNSTOP", "YES", "Yes, paid", "HELP", "nonstop", "The shop is stopped?",
    "Weekend", "friend", "I paid on Tuesday", "12", "\u{1F44D}",
  ])
  func `anything else says nothing`(_ text: String) {
    #expect(OptOutAnswer(text) == .other)
  }
}
