import ActionProtocol
import Connectors
import Decisions
import Engine
import Foundation
import SMTP2GO

/// Registers, compares and removes an organisation's webhook, at the provider and here.
///
/// The secrets go to the provider and nowhere else: they are neither printed nor stored.
struct WebhookRegistration: Sendable {
  enum Result: String, Sendable {
    case unchanged
    case installed
    case replaced
  }

  let house: House
  let organisation: Organisation
  let client: SMTP2GOClient

  /// - Throws: ``Failure`` where the organisation has no way to the provider.
  init(_ house: House) async throws {
    self.house = house
    organisation = try await house.organisation()
    switch house.channels.client(for: organisation) {
    case .success(let client): self.client = client
    case .failure(let refusal):
      throw Failure(
        .notConfigured, "smtp2go.\(refusal.code)",
        "The organisation has no way to SMTP2GO: \(refusal.code.replacing("_", with: " ")).",
        remedy: refusal.remedy)
    }
  }

  /// Works with the organisation's webhook and closes the connections, whatever comes of it.
  static func with<Value: Sendable>(
    _ house: House, _ body: (WebhookRegistration) async throws -> Value
  ) async throws -> Value {
    do {
      let value = try await body(WebhookRegistration(house))
      await house.closeConnections()
      return value
    } catch {
      await house.closeConnections()
      throw error
    }
  }

  private var endpoints: WebhookEndpoints { WebhookEndpoints(house.context) }

  var publicURL: String? { house.settings.serving.publicURL }

  /// What the provider has, beside what is here.
  func compare() async throws -> WebhookComparison {
    let webhooks = try Self.value(await client.webhooks(), "read its webhooks", "/webhook/view")
    return try await WebhookComparison.make(
      webhooks, organisation.id, house.store, publicURL: publicURL)
  }

  /// Sees to it that exactly one webhook of ours is registered, as it should be. Idempotent.
  func install(_ scheme: WebhookScheme) async throws -> Result {
    let address = try address()
    let found = try await compare()
    if let good = found.registered.first(where: \.differences.isEmpty) {
      try await endpoints.setVendorID(
        organisation.id, good.endpoint.id, String(good.webhook.id))
      try await tidy(found, keeping: good.endpoint.id)
      return .unchanged
    }
    let made = try await endpoints.create(
      organisation.id, scheme: scheme, by: house.author(.settings, in: organisation.id), via: "cli")
    let draft = Self.draft(made, address)
    // One that is wrong is changed in place: small plans have room for a single webhook.
    let answer =
      if let wrong = found.registered.first {
        await client.editWebhook(wrong.webhook.id, draft)
      } else {
        await client.addWebhook(draft)
      }
    do {
      let webhook = try Self.value(answer, "register the webhook", "/webhook/add")
      try await endpoints.setVendorID(organisation.id, made.endpoint.id, String(webhook.id))
    } catch {
      // Where nobody knows whether it was taken, both stay open until the next install.
      if !OutcomeWording.isTemporary(answer.outcome) { try await close(made.endpoint) }
      throw error
    }
    try await tidy(found, keeping: made.endpoint.id, isReplaced: true)
    return found.registered.isEmpty ? .installed : .replaced
  }

  /// Takes away every webhook of ours, there and here; those of other programs stay.
  /// - Returns: how many.
  func remove() async throws -> Int {
    let found = try await compare()
    for one in found.registered {
      _ = try Self.value(
        await client.removeWebhook(one.webhook.id), "remove the webhook", "/webhook/remove")
      try await close(one.endpoint)
    }
    for endpoint in found.unregistered { try await close(endpoint) }
    return found.registered.count + found.unregistered.count
  }

  /// Closes what is superfluous: ours that the provider does not know, and second ones.
  private func tidy(
    _ found: WebhookComparison, keeping id: String, isReplaced: Bool = false
  ) async throws {
    for endpoint in found.unregistered where endpoint.id != id { try await close(endpoint) }
    for (index, one) in found.registered.enumerated() where one.endpoint.id != id {
      // The first one was changed in place and is the new one now.
      if !(isReplaced && index == 0) {
        _ = try Self.value(
          await client.removeWebhook(one.webhook.id), "remove the webhook", "/webhook/remove")
      }
      try await close(one.endpoint)
    }
  }

  private func close(_ endpoint: WebhookEndpoint) async throws {
    try await endpoints.remove(
      organisation.id, endpoint.id, by: house.author(.settings, in: organisation.id), via: "cli")
  }

  private func address() throws -> String {
    guard let publicURL else {
      throw Failure(
        .notConfigured, "webhook.public_url_missing",
        "AIOM_PUBLIC_URL is not set, so the provider could not reach a webhook.",
        remedy: "Set it to the https address of `aiom serve`'s public listener; "
          + "docs/operations/serving.md has recipes. Without a webhook the activity is polled.")
    }
    let provider = URL(string: Composition.providerAddress(house.settings))
    let isLocal = provider.map(ProviderAddress.isLoopback) ?? false
    guard publicURL.hasPrefix("https://") || isLocal else {
      throw Failure(
        .notConfigured, "webhook.public_url_insecure",
        "AIOM_PUBLIC_URL is not https, and the provider is not on this machine.",
        remedy: "Set it to an https address that the provider can reach.")
    }
    return publicURL
  }

  private static func draft(_ made: NewWebhook, _ publicURL: String) -> WebhookDraft {
    let authorization: Webhook.Authorization =
      switch made.endpoint.scheme {
      case .bearer: .bearer(token: made.secret)
      case .basic: .basic(user: NewWebhook.user, password: made.secret)
      }
    return WebhookDraft(
      url: publicURL + WebhookComparison.path + made.pathToken, events: Webhook.EmailEvent.all,
      smsEvents: Webhook.SMSEvent.all, headers: [OperationEcho.header], outputFormat: .json,
      authorization: authorization)
  }

  /// The value of a call's answer.
  /// - Throws: ``Failure`` saying what could not be done.
  private static func value<Value>(
    _ result: CallResult<Value>, _ what: String, _ endpoint: String
  ) throws -> Value {
    if let value = result.outcome.value { return value }
    let isTemporary = OutcomeWording.isTemporary(result.outcome)
    throw Failure(
      isTemporary ? .unavailable : .refused, "webhook.\(result.outcome.label)",
      "SMTP2GO did not \(what): \(OutcomeWording.text(result.outcome))",
      remedy: isTemporary
        ? "Run it again; it finds out what was done and does the rest."
        : "\(OutcomeWording.remedy(result.outcome)) The endpoint is \(endpoint).")
  }
}
