import Addressing
import Engine
import SMTP2GO

/// The boxes about the account at the provider: the key and what it may do.
struct AccountBoxes: Sendable {
  let settings: Settings
  /// Whose key, sender and numbers; nil where there is none yet.
  let organisation: Organisation?
  /// Nil where the provider was not asked.
  let probe: ProviderProbe?
  /// What of our webhook the provider knows; nil where nobody could look.
  var webhooks: WebhookComparison?
  /// What was looked up of the senders' domains.
  var policies = SenderPolicies.offline

  static let guide = "Steps: docs/integrations/smtp2go.md."

  /// The sender that messages will have.
  var sender: Mailbox? { organisation?.sender ?? settings.sender }

  /// Every box, by what it is about.
  var groups: [(String, [Box])] {
    [
      ("KEY", [key, authentication, region] + ProviderCapability.all.map(permission)),
      ("SENDER", SenderBoxes(account: self).all), ("SMS", SMSBoxes(account: self).all),
      ("PLAN AND REPORTS", ReportBoxes(account: self).all),
    ]
  }

  var all: [Box] { groups.flatMap(\.1) }

  var key: Box {
    guard let key = ProviderProbe.key(settings, organisation) else {
      return Box(
        "key", "API key", .missing, ProviderProbe.missingKey(organisation).message,
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
      let count = allowed.count == 1 ? "1 endpoint" : "\(allowed.count) endpoints"
      return Box(
        "authenticates", title, .ok,
        allowed.contains("*")
          ? "yes; it may call everything"
          : "yes; it may call \(count)")
    }
    return Box(
      "authenticates", title, OutcomeWording.isTemporary(outcome) ? .cannotTell : .missing,
      OutcomeWording.text(outcome), fix: OutcomeWording.remedy(outcome))
  }

  /// A key of another region is answered like one that does not exist.
  private var region: Box {
    let (id, title) = ("region", "Region")
    let place = settings.url == nil ? settings.region.rawValue : "SMTP2GO_URL"
    guard let probe else { return notAsked(id, title) }
    if probe.isAuthenticated { return Box(id, title, .ok, "\(place): \(probe.address)") }
    return Box(
      id, title, .cannotTell, "\(place): \(probe.address)",
      fix: "A good key in the wrong region looks like a bad one: try SMTP2GO_REGION=us, eu or au.")
  }

  private func permission(_ capability: ProviderCapability) -> Box {
    let (id, title) = (capability.id, capability.title)
    guard let probe, probe.isAuthenticated else {
      return notAsked(id, title, optional: !capability.isNeeded)
    }
    let missing = capability.endpoints.filter { probe.allows($0) != true }
    guard !missing.isEmpty else {
      return Box(id, title, .ok, capability.endpoints.joined(separator: ", "))
    }
    return Box(
      id, title, .missing, "without \(missing.joined(separator: ", ")): \(capability.disables)",
      fix: capability.isNeeded
        ? "Give the key this permission in SMTP2GO's dashboard."
        : "Give the key what you want of these in SMTP2GO's dashboard.",
      optional: !capability.isNeeded)
  }

  func notAsked(_ id: String, _ title: String, optional: Bool = false) -> Box {
    guard ProviderProbe.key(settings, organisation) != nil else {
      return Box(
        id, title, .cannotTell, "there is no key to ask with",
        fix: "Set the key, then run it again.", optional: optional)
    }
    guard probe != nil else {
      return Box(
        id, title, .cannotTell, "the provider was not asked", fix: "Run it without --offline.",
        optional: optional)
    }
    return Box(
      id, title, .cannotTell, "the key did not authenticate",
      fix: "First \"Key authenticates\", then run it again.", optional: optional)
  }
}
