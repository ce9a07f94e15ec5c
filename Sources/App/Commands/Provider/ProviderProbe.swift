import Addressing
import SMTP2GO

/// What the provider says about the account, from calls that change nothing.
struct ProviderProbe: Sendable {
  let permissions: CallResult<[String]>
  let senders: CallResult<[SingleSender]>?
  let domains: CallResult<[SenderDomain]>?

  /// Asks for the key's permissions, which authenticates; then for senders and domains where the key
  /// may see them.
  static func run(_ settings: Settings) async throws -> ProviderProbe {
    guard let key = settings.apiKey else { throw missingKey }
    let client: SMTP2GOClient
    do throws(SMTP2GOClient.ConfigurationIssue) {
      client = try SMTP2GOClient(
        configuration: .init(
          baseURL: Composition.accountAddress(settings), apiKey: key, deadline: .seconds(15)))
    } catch {
      throw Failure(
        .notConfigured, error.rawValue, "The client for SMTP2GO cannot be built.",
        remedy: "Check SMTP2GO_API_KEY, SMTP2GO_URL and SMTP2GO_REGION: `aiom config`.")
    }
    let permissions = await client.permissions()
    var senders: CallResult<[SingleSender]>?
    var domains: CallResult<[SenderDomain]>?
    if let allowed = permissions.outcome.value {
      if allowed.contains("/single_sender_emails/view") { senders = await client.singleSenders() }
      if allowed.contains("/domain/view") { domains = await client.domains() }
    }
    try await client.shutdown()
    return ProviderProbe(permissions: permissions, senders: senders, domains: domains)
  }

  static let missingKey = Failure(
    .notConfigured, "smtp2go.key_missing", "SMTP2GO_API_KEY is not set.",
    remedy: "Put your key into the environment or into .env; docs/integrations/smtp2go.md says "
      + "how to get one. The demo and the sandbox need none.")

  var isAuthenticated: Bool { permissions.outcome.value != nil }

  /// Whether the key may call an endpoint; nil where that is not known.
  func allows(_ endpoint: String) -> Bool? { permissions.outcome.value?.contains(endpoint) }

  /// Whether the sender is verified, by itself or through its domain; nil where nobody can tell.
  func isVerified(_ sender: EmailAddress) -> Bool? {
    let known = senders?.outcome.value
    let single = known?.contains { entry in
      entry.isVerified == true
        && entry.emailAddress.lowercased() == sender.rawValue.lowercased()
    }
    if single == true { return true }
    if let domain = domain(of: sender), domain.isVerified { return true }
    return known != nil && domains?.outcome.value != nil ? false : nil
  }

  /// The provider's entry for the sender's domain.
  func domain(of sender: EmailAddress) -> SenderDomain? {
    domains?.outcome.value?.first { $0.name.lowercased() == sender.domain }
  }
}

/// An outcome of a call in a sentence.
enum OutcomeWording {
  static func text<Value>(_ outcome: Outcome<Value>) -> String {
    switch outcome {
    case .accepted, .acceptedInPart: "ok"
    case .refused(let refusal), .configuration(let refusal):
      "\(refusal.code): \(DisplayText.line(refusal.message))"
    case .throttled(let delay):
      "too many requests"
        + (delay.map { "; try again in \($0.components.seconds) s" } ?? "; wait a minute")
    case .notSent(let reason):
      "not reached: \(reason.rawValue.replacing("_", with: " "))"
    case .unknown(let reason):
      "no usable answer: \(reason.rawValue.replacing("_", with: " "))"
    }
  }

  /// What to do about it.
  static func remedy<Value>(_ outcome: Outcome<Value>) -> String {
    switch outcome {
    case .accepted, .acceptedInPart: return ""
    case .configuration(let refusal), .refused(let refusal):
      switch refusal.concern {
      case .key:
        return "Check the key. Keys can belong to a region: try SMTP2GO_REGION=us, eu or au."
      case .permission: return "Give the key this permission in SMTP2GO's dashboard."
      case .sender: return "Verify the sender or its domain at SMTP2GO."
      case .account: return "Look at the account in SMTP2GO's dashboard."
      case nil: return "See docs/integrations/smtp2go.md."
      }
    case .throttled: return "Wait, then try again."
    case .notSent: return "Check the network, SMTP2GO_URL and SMTP2GO_REGION."
    case .unknown: return "Try again in a moment."
    }
  }

  /// Whether trying again later may help.
  static func isTemporary<Value>(_ outcome: Outcome<Value>) -> Bool {
    switch outcome {
    case .throttled, .notSent, .unknown: true
    case .accepted, .acceptedInPart, .refused, .configuration: false
    }
  }
}
