import Addressing
import SMTP2GO

/// The boxes about the account at the provider.
struct AccountBoxes: Sendable {
  let settings: Settings
  /// The sender that messages will have.
  let sender: Mailbox?
  /// Nil where the provider was not asked.
  let probe: ProviderProbe?

  var all: [Box] { [key, authentication, email, search, verifiedSender, domain, sms] }

  private static let guide = "Steps: docs/integrations/smtp2go.md."

  var key: Box {
    guard let key = settings.apiKey else {
      return Box(
        "key", "API key", .missing, "SMTP2GO_API_KEY is not set",
        fix: "Make a key in SMTP2GO's dashboard and put it into .env. \(Self.guide)")
    }
    return key.hasKnownFormat
      ? Box("key", "API key", .ok, "set, hidden")
      : Box(
        "key", "API key", .cannotTell, "set, but not of the known shape",
        fix: "A key is api- and 32 letters or digits; copy it again.")
  }

  var authentication: Box {
    let title = "Key authenticates"
    guard let probe else { return notAsked("authenticates", title) }
    let outcome = probe.permissions.outcome
    if let allowed = outcome.value {
      return Box("authenticates", title, .ok, "yes; it may call \(allowed.count) endpoints")
    }
    return Box(
      "authenticates", title, OutcomeWording.isTemporary(outcome) ? .cannotTell : .missing,
      OutcomeWording.text(outcome), fix: OutcomeWording.remedy(outcome))
  }

  var email: Box {
    permission(
      "email_permission", "May send e-mail", "/email/send",
      fix: "Give the key /email/send in SMTP2GO's dashboard.")
  }

  var search: Box {
    permission(
      "activity_permission", "May search activity", "/activity/search",
      fix: "Give the key /activity/search; without it, messages of unknown outcome wait for you.")
  }

  var sms: Box {
    permission(
      "sms_permission", "May send SMS", "/sms/send",
      fix: "Give the key /sms/send, if you want SMS; it costs money.")
  }

  var verifiedSender: Box {
    let title = "Sender verified"
    guard let sender else {
      return Box(
        "sender_verified", title, .missing, "no sender is set",
        fix: "`aiom org set --sender \"Name <address>\"`, or SMTP2GO_SENDER_EMAIL.")
    }
    guard let probe, probe.isAuthenticated else { return notAsked("sender_verified", title) }
    let fix = "Verify the address or its domain in SMTP2GO's dashboard. \(Self.guide)"
    switch probe.isVerified(sender.address) {
    case true?: return Box("sender_verified", title, .ok, sender.address.rawValue)
    case false?:
      return Box(
        "sender_verified", title, .missing, "\(sender.address.rawValue) is not verified", fix: fix)
    case nil:
      return Box(
        "sender_verified", title, .cannotTell, "the key may not see senders and domains",
        fix: "Give it /single_sender_emails/view and /domain/view, or look in the dashboard.")
    }
  }

  var domain: Box {
    let title = "Domain verified (DKIM, return path)"
    guard let sender else {
      return Box("domain_verified", title, .missing, "no sender is set", fix: Self.guide)
    }
    guard let probe, probe.domains?.outcome.value != nil else {
      return probe?.isAuthenticated != true
        ? notAsked("domain_verified", title)
        : Box(
          "domain_verified", title, .cannotTell, "the key may not see domains",
          fix: "Give it /domain/view, or look in the dashboard.")
    }
    guard let domain = probe.domain(of: sender.address) else {
      return Box(
        "domain_verified", title, .missing, "\(sender.address.domain) is not at SMTP2GO",
        fix: "Add it as a sender domain and publish its three CNAME records. \(Self.guide)")
    }
    func word(_ record: SenderDomain.Record) -> String {
      record.isVerified.map { $0 ? "found" : "not found" } ?? "unknown"
    }
    let found = "DKIM \(word(domain.dkim)), return path \(word(domain.returnPath))"
    return Box(
      "domain_verified", title, domain.isVerified ? .ok : .missing, found,
      fix: "Publish the missing CNAME records; SMTP2GO looks again every few minutes.")
  }

  private func permission(_ id: String, _ title: String, _ endpoint: String, fix: String) -> Box {
    guard let allowed = probe?.allows(endpoint) else { return notAsked(id, title) }
    return allowed
      ? Box(id, title, .ok, endpoint)
      : Box(id, title, .missing, "the key may not call \(endpoint)", fix: fix)
  }

  private func notAsked(_ id: String, _ title: String) -> Box {
    guard settings.apiKey != nil else {
      return Box(
        id, title, .cannotTell, "there is no key to ask with",
        fix: "Set the key, then run it again.")
    }
    guard probe != nil else {
      return Box(
        id, title, .cannotTell, "the provider was not asked", fix: "Run it without --offline.")
    }
    return Box(
      id, title, .cannotTell, "the key did not authenticate",
      fix: "First \"Key authenticates\", then run it again.")
  }
}
