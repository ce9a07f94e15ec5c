import Addressing
import Connectors
import Engine
import Foundation
import SMTP2GO

/// What the provider says about the account, from calls that change nothing.
struct ProviderProbe: Sendable {
  let address: String
  let permissions: CallResult<[String]>
  var senders: CallResult<[SingleSender]>?
  var domains: CallResult<[SenderDomain]>?
  var webhooks: CallResult<[Webhook]>?
  /// The plan's month.
  var cycle: CallResult<EmailCycle>?
  /// The SMS since the beginning of the calendar month.
  var sms: CallResult<SMSSummary>?

  /// Asks for the key's permissions, which authenticates; then for what the key may see.
  static func run(_ settings: Settings, _ organisation: Organisation?) async throws -> ProviderProbe
  {
    guard let key = key(settings, organisation) else { throw missingKey(organisation) }
    return try await run(key, at: Composition.accountAddress(settings))
  }

  static func run(_ key: APIKey, at address: String) async throws -> ProviderProbe {
    let client: SMTP2GOClient
    do throws(SMTP2GOClient.ConfigurationIssue) {
      client = try SMTP2GOClient(
        configuration: .init(baseURL: address, apiKey: key, deadline: .seconds(15)))
    } catch {
      throw Failure(
        .notConfigured, error.rawValue, "The client for SMTP2GO cannot be built.",
        remedy: "Check SMTP2GO_API_KEY, SMTP2GO_URL and SMTP2GO_REGION: `aiom config`.")
    }
    var probe = ProviderProbe(address: address, permissions: await client.permissions())
    await probe.look(client)
    try await client.shutdown()
    return probe
  }

  private mutating func look(_ client: SMTP2GOClient) async {
    if allows("/single_sender_emails/view") == true { senders = await client.singleSenders() }
    if allows("/domain/view") == true { domains = await client.domains() }
    if allows("/webhook/view") == true { webhooks = await client.webhooks() }
    if allows("/stats/email_cycle") == true { cycle = await client.emailCycle() }
    if allows("/sms/summary") == true {
      sms = await client.smsSummary(SMSPeriod(start: Self.beginningOfMonth))
    }
  }

  /// The organisation's own key, or the installation's where there is no organisation.
  static func key(_ settings: Settings, _ organisation: Organisation?) -> APIKey? {
    guard let organisation else { return settings.apiKey }
    return CredentialReference.key(organisation.smtp2goKey, settings)
  }

  static func missingKey(_ organisation: Organisation?) -> Failure {
    let standard = "env:\(SettingKey.apiKey.rawValue)"
    let place = organisation.map(\.smtp2goKey) ?? standard
    return Failure(
      .notConfigured, "smtp2go.key_missing",
      place == standard ? "SMTP2GO_API_KEY is not set." : "There is no key at \(place).",
      remedy: "Put your key into the environment or into .env; docs/integrations/smtp2go.md says "
        + "how to get one. The demo and the sandbox need none.")
  }

  /// Of UTC, because the provider's days are.
  static var beginningOfMonth: Date {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let now = Date()
    return calendar.dateInterval(of: .month, for: now)?.start ?? now
  }

  // MARK: What it says

  var isAuthenticated: Bool { permissions.outcome.value != nil }

  /// Whether the key may call an endpoint; nil where that is not known.
  func allows(_ endpoint: String) -> Bool? {
    permissions.outcome.value.map { KeyPermissions.allow(endpoint, in: $0) }
  }

  /// What the provider's lists of senders say; nil where the key did not authenticate.
  var senderFacts: VendorSenderFacts? {
    guard isAuthenticated else { return nil }
    return VendorSenderFacts(senders: senders?.outcome, domains: domains?.outcome)
  }

  /// Whether the sender is verified, by itself or through its domain; nil where nobody can tell.
  func isVerified(_ sender: EmailAddress) -> Bool? {
    switch SenderVerdict(sender, senderFacts).sender {
    case .ok: true
    case .missing: false
    case .cannotTell: nil
    }
  }

  /// The provider's entry for the sender's domain.
  func domain(of sender: EmailAddress) -> SenderDomain? {
    domains?.outcome.value?.first { entry in
      let name = (try? EmailAddress("postmaster@\(entry.name)"))?.domain
      return (name ?? entry.name.lowercased()) == sender.domain
    }
  }
}
