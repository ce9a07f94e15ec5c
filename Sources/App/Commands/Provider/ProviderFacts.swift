import ActionProtocol
import Engine
import SMTP2GO

/// What the commands about the account know before they speak: whose it is, and what the provider
/// answered.
struct ProviderFacts: Sendable {
  /// Nil where there is no database or no organisation yet; the account can be asked all the same.
  let house: House?
  let organisation: Organisation?

  /// Opens what there is.
  static func look(_ settings: Settings) async -> ProviderFacts {
    let house = try? await Composition.open(settings)
    return ProviderFacts(house: house, organisation: try? await house?.organisation())
  }

  /// The boxes about the account.
  /// - Parameter probe: nil where the provider was not asked.
  /// - Parameter isOffline: whether nothing is to be looked up either.
  func account(
    _ settings: Settings, _ probe: ProviderProbe?, isOffline: Bool = false
  ) async -> AccountBoxes {
    var account = AccountBoxes(settings: settings, organisation: organisation, probe: probe)
    if !isOffline { account.policies = await .look(organisation, settings) }
    if let house, let organisation, let webhooks = probe?.webhooks?.outcome.value {
      account.webhooks = try? await WebhookComparison.make(
        webhooks, organisation.id, house.store, publicURL: settings.serving.publicURL)
    }
    return account
  }
}
