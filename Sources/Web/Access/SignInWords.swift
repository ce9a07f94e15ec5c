import Decisions

/// The words of the sign-in pages.
struct SignInWords: Sendable {
  let language: PageLanguage

  private func words(_ english: String, _ german: String) -> String {
    language == .german ? german : english
  }

  var signIn: String { words("Sign in", "Anmelden") }
  var shortName: String { words("Short name", "Kurzname") }
  var password: String { words("Password", "Passwort") }
  var newPassword: String { words("New password", "Neues Passwort") }
  var again: String { words("The same password again", "Dasselbe Passwort noch einmal") }
  var code: String { words("One-time code", "Einmalcode") }
  var codeHint: String {
    words(
      "The six digits that your app shows now. Leave it empty if you have none set up.",
      "Die sechs Ziffern, die Ihre App jetzt zeigt. Leer lassen, wenn Sie keine eingerichtet haben."
    )
  }
  var fullName: String { words("Your name", "Ihr Name") }
  var becomeOwner: String { words("Become the owner", "Inhaber werden") }
  var ownerText: String {
    words(
      "You are the first to sign up here. You will be the owner: you may approve, and you decide who "
        + "else may. From now on nobody decides without signing in.",
      "Sie melden sich hier als Erste oder Erster an und werden Inhaber: Sie dürfen freigeben und "
        + "bestimmen, wer das noch darf. Ab jetzt entscheidet niemand mehr, ohne sich anzumelden.")
  }
  var shortNameHint: String {
    words(
      "Small letters, digits, dot, hyphen; it stands in the records and is never given away again.",
      "Kleine Buchstaben, Ziffern, Punkt, Bindestrich; er steht in den Aufzeichnungen und wird nie "
        + "wieder vergeben.")
  }
  var passwordHint: String {
    words(
      "At least 12 characters. Four or more unrelated words are good.",
      "Mindestens 12 Zeichen. Vier oder mehr Wörter, die nichts miteinander zu tun haben, sind gut."
    )
  }
  var setPassword: String { words("Set your password", "Passwort festlegen") }
  func welcome(_ name: String) -> String {
    words("For \(name). The link works once.", "Für \(name). Der Link gilt einmal.")
  }
  var deadLink: String { words("This link works no more", "Dieser Link gilt nicht mehr") }
  var deadLinkText: String {
    words(
      "It was used already, has ended, or was cut off. Ask an owner for a new one. For the first "
        + "sign-up, start aiom serve again: it prints a new link.",
      "Er wurde schon benutzt, ist abgelaufen oder unvollständig. Bitten Sie einen Inhaber um einen "
        + "neuen. Für die erste Anmeldung starten Sie aiom serve neu: es zeigt einen neuen Link.")
  }
  var demo: String { words("The demo", "Die Vorführung") }
  var enter: String { words("Enter", "Eintreten") }
  func demoText(_ name: String) -> String {
    words(
      "A made-up company with its books. You come in as \(name). Every message stays on this machine, "
        + "so try whatever you like.",
      "Eine erfundene Firma mit ihren Büchern. Sie kommen als \(name) herein. Jede Nachricht bleibt auf "
        + "diesem Rechner; probieren Sie alles aus.")
  }
  var account: String { words("You are signed in", "Sie sind angemeldet") }
  func signedInAs(_ person: String) -> String {
    words("You are signed in as \(person).", "Sie sind angemeldet als \(person).")
  }
  var signOut: String { words("Sign out", "Abmelden") }
  var inbox: String { words("What waits for you", "Was auf Sie wartet") }
  var everywhere: String { words("Sign out everywhere", "Überall abmelden") }

  /// What an error means to the person at the page.
  func explained(_ error: AccessError) -> String {
    switch error.code {
    case "login.wrong":
      words(
        "Name, password or code is wrong. Please check all of them.",
        "Name, Passwort oder Code ist falsch. Bitte prüfen Sie alles.")
    case "login.code":
      words(
        "This account also needs a one-time code. Please type password and code.",
        "Dieses Konto braucht auch einen Einmalcode. Bitte geben Sie Passwort und Code ein.")
    case "login.wait":
      words(
        "There were too many wrong tries. Please wait a while.",
        "Es gab zu viele falsche Versuche. Bitte warten Sie eine Weile.")
    case "password.differs":
      words("The two passwords were not the same.", "Die beiden Passwörter waren nicht gleich.")
    case "password.length":
      words(
        "The password needs 12 to 128 characters.", "Das Passwort braucht 12 bis 128 Zeichen.")
    case "person.handle":
      words(
        "The short name needs small letters, digits, dot, hyphen; it begins with a letter.",
        "Der Kurzname braucht kleine Buchstaben, Ziffern, Punkt, Bindestrich und beginnt mit einem "
          + "Buchstaben.")
    case "password.simple", "password.common", "password.characters":
      words(
        "This password would be tried first. Please take unrelated words.",
        "Dieses Passwort würde zuerst probiert. Bitte nehmen Sie Wörter ohne Zusammenhang.")
    default: words("\(error.message) \(error.remedy)", "Das geht so nicht: \(error.message)")
    }
  }
}
