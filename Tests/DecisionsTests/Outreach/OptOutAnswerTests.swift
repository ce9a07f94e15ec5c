import Decisions
import Testing

@Suite struct OptOutAnswerTests {
  @Test(arguments: [
    "STOP", "stop", " Stop. ", "\"STOP\"", "S.T.O.P", "stop!!!", "STOP \u{1F6D1}", "Stop\n",
    "STOPALL", "Stop all", "STOP-ALL", "Unsubscribe", "cancel", "END", "Quit.", "OPTOUT", "opt out",
    "Opt-Out", "revoke", "REMOVE", "TD", "ARRET", "Arrêt", "arre\u{302}t", "STOPP", "\u{200B}STOP",
    "Abmelden", "ABBESTELLEN", "Ende", "Désabonner", "désinscription!", "FIN", "Baja", "CANCELAR",
    "Parar", "Cancellami", "disiscrivi", "Afmelden", "uitschrijven", "Avsluta", "Avregistrera",
    "SAIR", "Descadastrar", "'STOP'", "’Stop’",
  ])
  func `a message that is one of the words is an opt-out`(_ text: String) {
    #expect(OptOutAnswer(text) == .stop)
  }

  @Test(arguments: [
    "STOP PLEASE", "please stop", "Stop sending me these!", "I pay at the end of the week",
    "I want to opt out", "STOP 2", "no mas", "No más por favor", "basta", "BASTA!", "aufhören",
    "Bitte aufhören", "Remove me, and thank you", "No more texts", "don't text me",
    "Don’t contact me",
    "Take me off your list", "wrong number", "Bitte keine SMS mehr", "Schreiben Sie mir nicht mehr",
    "Kein Interesse", "Plus de SMS svp", "Ne m'écrivez plus", "No quiero recibir esto",
    "Quiero darme de baja", "Número equivocado", "Non voglio altri messaggi", "Basta, grazie",
    "Graag geen berichten meer", "Stuur mij niet meer", "Inga fler sms tack", "Sluta skicka sms",
    "Não quero receber", "quero sair da lista", "START or STOP?", "stop, then start again",
  ])
  func `one of the words among others wants a person`(_ text: String) {
    #expect(OptOutAnswer(text) == .unclear)
  }

  @Test(arguments: [
    "START", "start.", "Unstop", "OPT IN", "opt-in", "Subscribe", "Anmelden", "Starta",
  ])
  func `a word alone asks for messages again`(_ text: String) {
    #expect(OptOutAnswer(text) == .start)
  }

  @Test(arguments: [
    "HELP", "help?", "Info", "Hilfe", "AIDE", "ayuda", "aiuto", "Hulp", "Hjälp", "ajuda",
    "Who is this?", "Wer ist das?",
  ])
  func `a word alone asks what this is`(_ text: String) {
    #expect(OptOutAnswer(text) == .help)
  }

  @Test(arguments: [
    "", " ", "YES", "Yes, paid", "Ja", "Oui", "sí", "nonstop", "The shop is stopped?", "Weekend",
    "friend", "I paid on Tuesday", "12", "\u{1F44D}", "We start on Monday", "please help me pay",
    "à la fin du mois", "Ende der Woche", "Restart", "starting", "endlich", "Je paie demain",
    "Pago mañana", "Betaling volgt", "Betalar imorgon", "Pago amanhã", "Pagherò lunedì",
  ])
  func `anything else says nothing`(_ text: String) {
    #expect(OptOutAnswer(text) == .other)
  }

  @Test func `a long text is read up to a bound`() {
    let words = String(repeating: "word ", count: OptOutAnswer.mostWords)
    #expect(OptOutAnswer(words + "stop") == .other)
    #expect(OptOutAnswer("stop " + words) == .unclear)
  }
}
