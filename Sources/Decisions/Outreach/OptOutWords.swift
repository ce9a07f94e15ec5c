/// The words of ``OptOutAnswer``, in lower case and without accents.
///
/// English: what networks and providers take as an opt-out (CTIA's STOP, STOPALL, UNSUBSCRIBE, CANCEL,
/// END, QUIT; OPTOUT and REVOKE of Twilio since 2025, REMOVE and TD of AWS), and by which United States
/// law lets anybody revoke (47 CFR 64.1200(a)(10), since 11 April 2025). French ARRET is what networks
/// in Canada and France use, Spanish BAJA, ALTO and CANCELAR, Portuguese SAIR and PARAR what senders
/// there announce. The others are the plain words for it in German, Italian, Dutch and Swedish. Words
/// that mean something else as well in daily talk count only alone, or only as a hint.
enum OptOutWords {
  /// Opt-outs alone, and hints among other words.
  static let stops: Set<String> = [
    // English
    "stop", "stopall", "unsubscribe", "cancel", "end", "quit", "optout", "revoke", "remove", "td",
    // German
    "stopp", "abmelden", "abbestellen", "austragen", "widerruf", "widerrufen", "abbestellung",
    // French
    "arret", "arreter", "arretez", "desabonner", "desabonnement", "desinscription", "desinscrire",
    "desinscrivez", "stopsms",
    // Spanish
    "baja", "cancelar", "parar", "desuscribir", "desuscribirse", "darmedebaja",
    // Italian
    "cancella", "cancellami", "disiscrivi", "disiscrivimi", "annullaiscrizione", "disdici",
    // Dutch
    "afmelden", "uitschrijven", "stoppen", "opzeggen",
    // Swedish
    "avsluta", "avregistrera", "avanmal", "sluta",
    // Portuguese
    "sair", "descadastrar", "remover", "pararsms",
  ]

  /// Opt-outs alone; among other words they say nothing: "à la fin du mois", "Ende der Woche".
  static let stopsAlone: Set<String> = ["ende", "fin", "fim", "slut", "einde", "salir", "pare"]

  /// Words that mean it among others; alone they may be an answer to something else.
  static let hints: Set<String> = [
    "basta", "aufhoren", "aufhoeren", "nomas", "alto", "unsubscribed", "stopping", "abmeldung",
    "harcelement", "spam", "dejen", "smettete", "smettetela", "ophouden",
  ]

  /// Words in a row that mean it.
  static let phrases: [String] = [
    // English
    "no more", "take me off", "leave me alone", "do not contact", "do not text", "do not message",
    "do not write", "dont contact", "dont text", "dont message", "dont write", "wrong number",
    "not interested", "lose my number", "delete my number", "remove my number",
    // German
    "keine sms", "keine nachrichten", "keine weiteren", "nicht mehr", "kein interesse",
    "falsche nummer", "lasst mich in ruhe", "lassen sie mich in ruhe",
    // French
    "plus de sms", "plus de message", "plus de messages", "ne mecrivez plus",
    "ne me contactez plus",
    "pas interesse", "pas interessee", "mauvais numero", "laissez moi",
    // Spanish
    "no mas", "no quiero", "no me escriban", "no me escriba", "no me envien", "numero equivocado",
    "no me interesa",
    // Italian
    "non voglio", "non scrivetemi", "non mi scrivete", "non inviatemi", "numero sbagliato",
    "non mi interessa", "non sono interessato", "non sono interessata",
    // Dutch
    "geen sms", "geen berichten", "niet meer", "geen interesse", "verkeerd nummer",
    // Swedish
    "inga fler", "inga sms", "inte intresserad", "fel nummer", "kontakta mig inte",
    // Portuguese
    "nao quero", "nao envie", "nao enviem", "nao me mande", "numero errado", "nao tenho interesse",
    "nao me interessa",
  ]

  /// Questions, alone.
  static let helps: Set<String> = [
    "help", "info", "support", "hilfe", "aide", "ayuda", "aiuto", "hulp", "hjalp", "ajuda",
    "informacion", "informacao", "informazioni", "informatie", "whoisthis", "whoareyou",
    "weristdas", "werseidihr", "quiestce", "quienes", "chie", "chisei", "wieisdit", "vemardet",
    "quemfala",
  ]

  /// Words by which somebody who opted out asks for messages again, alone.
  static let starts: Set<String> = [
    "start", "unstop", "optin", "subscribe", "resubscribe", "anmelden", "aanmelden",
    "suscribir", "iscrivimi", "starta",
  ]
}
