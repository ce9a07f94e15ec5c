import ActionProtocol
import Engine
import SMTP2GO

/// What the provider has registered, beside what this installation takes posts for.
struct WebhookComparison: Sendable {
  /// A webhook of ours that the provider knows.
  struct Registered: Sendable {
    let webhook: Webhook
    let endpoint: WebhookEndpoint
    /// What is not as it should be, in words; empty: nothing.
    let differences: [String]
  }

  /// Where posts are taken, below the public address; the secret part follows.
  static let path = "/hooks/smtp2go/"

  var registered: [Registered] = []
  /// Ours, and unknown to the provider.
  var unregistered: [WebhookEndpoint] = []
  /// Webhooks of other programs.
  var foreign = 0

  /// Finds out which of the provider's webhooks are ours, by the secret in their address.
  static func make(
    _ webhooks: [Webhook], _ org: OrgID, _ store: any StorePort, publicURL: String?
  ) async throws -> WebhookComparison {
    try await store.read { store in
      var comparison = WebhookComparison()
      for webhook in webhooks {
        guard let endpoint = try endpoint(of: webhook, org, store) else {
          comparison.foreign += 1
          continue
        }
        comparison.registered.append(
          Registered(
            webhook: webhook, endpoint: endpoint,
            differences: differences(webhook, endpoint, publicURL)))
      }
      let known = Set(comparison.registered.map(\.endpoint.id))
      comparison.unregistered = try store.webhooks(org).filter { !known.contains($0.id) }
      return comparison
    }
  }

  private static func endpoint(
    of webhook: Webhook, _ org: OrgID, _ store: any StoreReading
  ) throws -> WebhookEndpoint? {
    guard let token = webhook.url?.split(separator: "/").last else { return nil }
    let stored = try store.webhook(token: Digest.sha256(Array(token.utf8)))
    return stored?.endpoint.org == org ? stored?.endpoint : nil
  }

  private static func differences(
    _ webhook: Webhook, _ endpoint: WebhookEndpoint, _ publicURL: String?
  ) -> [String] {
    var found: [String] = []
    if let publicURL, webhook.url?.hasPrefix(publicURL + path) != true {
      found.append("its address is not below AIOM_PUBLIC_URL")
    }
    let events = Set(Webhook.EmailEvent.all).subtracting(webhook.events).map(\.rawValue)
    let texts = Set(Webhook.SMSEvent.all).subtracting(webhook.smsEvents).map {
      "sms \($0.rawValue)"
    }
    let missing = events.sorted() + texts.sorted()
    if !missing.isEmpty { found.append("it does not hear of \(missing.joined(separator: ", "))") }
    if !webhook.headers.contains(where: { $0.lowercased() == OperationEcho.header.lowercased() }) {
      found.append("it does not bring \(OperationEcho.header) back")
    }
    if webhook.outputFormat != .json { found.append("it posts forms, not JSON") }
    if webhook.authHeaderType != endpoint.scheme.rawValue {
      found.append("it does not prove itself by \(endpoint.scheme.rawValue)")
    }
    if !webhook.usernames.isEmpty { found.append("it hears of some keys only") }
    return found
  }
}
