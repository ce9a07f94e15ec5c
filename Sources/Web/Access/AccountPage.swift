import ActionProtocol
import Decisions
import Engine

/// The page of whoever is signed in: passkeys, and the ways out.
struct AccountPage {
  let card: PersonCard
  let formToken: String
  let language: PageLanguage
  /// Under which name the page was opened; passkeys belong to it.
  let party: RelyingParty

  private var words: SignInWords { SignInWords(language: language) }
  private var passkeyWords: PasskeyWords { PasskeyWords(language: language) }

  var page: Page {
    Page(language, title: words.account, scripts: [.passkey]) { main in
      main.element(
        "p", text: words.signedInAs("\(card.person.name) (\(card.person.id.rawValue))"))
      main.element("p") { $0.element("a", [("href", "/inbox")], text: words.inbox) }
      passkeys(&main)
      for (action, label) in [("/logout", words.signOut), ("/logout/everywhere", words.everywhere)]
      {
        form(action, [], &main) { $0.element("button", [("type", "submit")], text: label) }
      }
    }
  }

  private func passkeys(_ main: inout HTML) {
    main.element("h2", text: passkeyWords.title)
    main.element("p", text: passkeyWords.purpose)
    for key in card.passkeys {
      let id = Base64URL.encode(key.id)
      form("/account/passkeys/\(id)/remove", [], &main) { form in
        form.element("p", text: passkeyWords.known(key))
        form.element(
          "button", [("type", "submit"), ("aria-label", passkeyWords.remove(key.name))],
          text: passkeyWords.remove)
      }
    }
    guard party.isName else {
      return main.element("p", [("class", "hint")], text: passkeyWords.needsName(party))
    }
    form("/account", [("data-passkey", "register")], &main) { form in
      form.element("label", [("for", "passkey-name")], text: passkeyWords.name)
      form.open(
        "input",
        [
          ("id", "passkey-name"), ("name", "name"), ("required", "required"), ("maxlength", "60"),
          ("autocomplete", "off"), ("aria-describedby", "passkey-hint"),
        ])
      form.element("p", [("id", "passkey-hint"), ("class", "hint")], text: passkeyWords.nameHint)
      passkeyWords.said(&form)
      form.element("button", [("type", "submit")], text: passkeyWords.register)
    }
  }

  private func form(
    _ action: String, _ further: [(StaticString, String)], _ main: inout HTML,
    _ content: (inout HTML) -> Void
  ) {
    main.element("form", [("method", "post"), ("action", action)] + further) { form in
      form.open("input", [("type", "hidden"), ("name", "form_token"), ("value", formToken)])
      content(&form)
    }
  }
}

/// What pages say about passkeys.
struct PasskeyWords: Sendable {
  let language: PageLanguage

  private func words(_ english: String, _ german: String) -> String {
    language == .german ? german : english
  }

  var title: String { "Passkeys" }
  var purpose: String {
    words(
      "Some rules want a passkey with an approval: your device signs exactly what you approve.",
      "Manche Regeln verlangen zur Freigabe einen Passkey: Ihr Gerät unterschreibt genau das, was Sie "
        + "freigeben.")
  }
  var name: String { words("Name of the device", "Name des Geräts") }
  var nameHint: String { words("Such as: phone, laptop.", "Zum Beispiel: Telefon, Laptop.") }
  var register: String { words("Register a passkey", "Passkey anlegen") }
  var remove: String { words("Remove", "Entfernen") }
  func remove(_ name: String) -> String { words("Remove \(name)", "\(name) entfernen") }

  func known(_ key: PasskeyRecord) -> String {
    let made = day(key.createdAt)
    guard let used = key.lastUsedAt.map(day) else {
      return words(
        "\(key.name), made on \(made), not used yet",
        "\(key.name), angelegt am \(made), noch nicht benutzt")
    }
    return words(
      "\(key.name), made on \(made), last used on \(used)",
      "\(key.name), angelegt am \(made), zuletzt benutzt am \(used)")
  }

  /// Passkeys belong to a name, and an address of numbers is none.
  func needsName(_ party: RelyingParty) -> String {
    words(
      "Passkeys need a page that was opened under a name. On this machine open \(party.named).",
      "Passkeys brauchen eine Seite, die unter einem Namen geöffnet wurde. Öffnen Sie auf diesem "
        + "Rechner \(party.named).")
  }

  private var missing: String {
    words(
      "This browser has no passkeys. Use another one, or approve over the API.",
      "Dieser Browser kennt keine Passkeys. Nehmen Sie einen anderen oder die API.")
  }
  private var asking: String {
    words("Your device asks you now.", "Ihr Gerät fragt Sie jetzt.")
  }
  private var refused: String {
    words(
      "The device gave no answer, or has none for this page. Nothing was done; try again.",
      "Das Gerät hat nicht geantwortet oder hat keinen für diese Seite. Es ist nichts geschehen; "
        + "versuchen Sie es noch einmal.")
  }
  private var needsScripts: String {
    words(
      "A browser gives a passkey only to a page that may run its script.",
      "Ein Browser gibt einen Passkey nur einer Seite, deren Skript laufen darf.")
  }

  /// Where the script says how it stands.
  func said(_ form: inout HTML) {
    form.element(
      "p",
      [
        ("role", "status"), ("class", "hint"), ("data-missing", missing), ("data-asking", asking),
        ("data-refused", refused),
      ], text: "")
    form.element("noscript") { $0.element("p", [("class", "error")], text: needsScripts) }
  }

  private func day(_ instant: Instant) -> String { String(instant.rfc3339.prefix(10)) }
}

extension RelyingParty {
  /// Whether browsers give passkeys to pages of this name.
  var isName: Bool { !id.hasPrefix("[") && !id.allSatisfy { $0.isNumber || $0 == "." } }

  /// The same page under a name of this machine.
  var named: String {
    let port = origin.split(separator: ":").last.flatMap { Int($0) }.map { ":\($0)" } ?? ""
    return "http://localhost\(port)/account"
  }
}
