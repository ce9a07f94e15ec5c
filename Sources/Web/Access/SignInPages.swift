import Decisions
import Engine

/// The pages for signing up, in and out. Labels, hints and errors belong to their fields, so that they
/// are read aloud; nothing needs a script.
enum SignInPages {
  static func login(_ language: PageLanguage, error: AccessError? = nil, name: String = "") -> Page
  {
    let words = SignInWords(language: language)
    return Page(language, title: words.signIn) { main in
      alert(error, words, &main)
      main.element("form", [("method", "post"), ("action", "/login")]) { form in
        field(
          &form, "person", words.shortName, autocomplete: "username", value: name,
          isRequired: true)
        field(
          &form, "password", words.password, type: "password", autocomplete: "current-password",
          isRequired: true)
        field(
          &form, "code", words.code, hint: words.codeHint, autocomplete: "one-time-code")
        form.element("button", [("type", "submit")], text: words.signIn)
      }
    }
  }

  static func join(
    _ use: People.LinkUse, _ language: PageLanguage, error: AccessError? = nil,
    person: String = "", name: String = ""
  ) -> Page {
    let words = SignInWords(language: language)
    var isOwner = true
    var text = words.ownerText
    if case .password(let person) = use {
      isOwner = false
      text = words.welcome(person.name)
    }
    return Page(language, title: isOwner ? words.becomeOwner : words.setPassword) { main in
      main.element("p", text: text)
      alert(error, words, &main)
      // Without an action the form comes back to the address it was shown at.
      main.element("form", [("method", "post")]) { form in
        if isOwner {
          field(
            &form, "person", words.shortName, hint: words.shortNameHint,
            autocomplete: "username", value: person, isRequired: true)
          field(
            &form, "name", words.fullName, autocomplete: "name", value: name, isRequired: true)
        }
        field(
          &form, "password", words.newPassword, hint: words.passwordHint, type: "password",
          autocomplete: "new-password", isRequired: true)
        field(
          &form, "again", words.again, type: "password", autocomplete: "new-password",
          isRequired: true)
        form.element(
          "button", [("type", "submit")], text: isOwner ? words.becomeOwner : words.setPassword)
      }
    }
  }

  static func enter(_ person: Person, _ language: PageLanguage) -> Page {
    let words = SignInWords(language: language)
    return Page(language, title: words.demo) { main in
      main.element("p", text: words.demoText(person.name))
      main.element("form", [("method", "post")]) { form in
        form.element("button", [("type", "submit")], text: words.enter)
      }
    }
  }

  static func deadLink(_ language: PageLanguage) -> Page {
    let words = SignInWords(language: language)
    return Page(language, title: words.deadLink) { $0.element("p", text: words.deadLinkText) }
  }

  private static func alert(_ error: AccessError?, _ words: SignInWords, _ main: inout HTML) {
    guard let error else { return }
    main.element("p", [("role", "alert"), ("class", "error")], text: words.explained(error))
  }

  private static func field(
    _ form: inout HTML, _ name: String, _ label: String, hint: String? = nil,
    type: String = "text", autocomplete: String, value: String = "", isRequired: Bool = false
  ) {
    form.element("label", [("for", name)], text: label)
    var attributes: [(StaticString, String)] = [
      ("id", name), ("name", name), ("type", type), ("autocomplete", autocomplete),
      ("autocapitalize", "none"), ("spellcheck", "false"),
    ]
    if isRequired { attributes.append(("required", "required")) }
    if !value.isEmpty { attributes.append(("value", value)) }
    if hint != nil { attributes.append(("aria-describedby", "\(name)-hint")) }
    form.open("input", attributes)
    if let hint { form.element("p", [("id", "\(name)-hint"), ("class", "hint")], text: hint) }
  }
}
