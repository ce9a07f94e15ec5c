import Decisions
import Engine

/// What a form asks for where a policy wants a second proof of who decides.
struct StepUpFields {
  let wanted: StepUp
  let party: RelyingParty

  /// Whether the browser is asked for a passkey when the form is sent.
  var asksForPasskey: Bool { wanted == .passkey && party.isName }

  /// For the form's element.
  var attributes: [(StaticString, String)] { asksForPasskey ? [("data-passkey", "approve")] : [] }

  /// - Parameter id: of the field for a code, unlike any other on the page.
  func fields(_ form: inout HTML, id: String = "code") {
    switch wanted {
    case .none: break
    case .totp:
      form.field(
        id, "code", "One-time code",
        [("inputmode", "numeric"), ("maxlength", "6"), ("required", "required")])
    case .passkey: passkey(&form)
    }
  }

  /// The device signs the digest of what the page shows.
  private func passkey(_ form: inout HTML) {
    let words = PasskeyWords(language: .english)
    guard party.isName else {
      return form.element("p", [("class", "error")], text: words.needsName(party))
    }
    for name in ["credential", "client_data", "authenticator_data", "signature"] {
      form.hidden(name, "")
    }
    form.element(
      "p", [("class", "hint")],
      text: "The policy wants a passkey: your device will sign exactly what stands here.")
    words.said(&form)
  }
}
