import Decisions
import Engine
import Foundation
import SMTP2GO
import Synchronization

/// Where the provider is and how a key is found, as the installation says.
public struct SMTP2GOSettings: Sendable {
  /// Such as `https://api.smtp2go.com/v3`.
  public var baseURL: String
  public var delivery: DeliveryMode
  /// Reads a credential reference: `env:NAME` or `file:PATH`; nil where nothing usable stands there.
  public var key: @Sendable (String) -> APIKey?
  /// Used instead of every org's key while delivery is `sandbox`, so that no real key is ever sent
  /// to a stand-in.
  public var sandboxKey: APIKey
  public var deadline: Duration
  public var connections: Int
  /// How customers opt out of SMS; nil while nobody has said it, and then they get none unless the
  /// engine reads what they answer.
  public var smsOptOut: SMSOptOut?
  /// Completes the client's configuration: where its log lines and metrics go.
  public var complete: @Sendable (inout SMTP2GOClient.Configuration) -> Void

  public init(
    baseURL: String, delivery: DeliveryMode, key: @escaping @Sendable (String) -> APIKey?,
    sandboxKey: APIKey, deadline: Duration, connections: Int,
    smsOptOut: SMSOptOut? = nil,
    complete: @escaping @Sendable (inout SMTP2GOClient.Configuration) -> Void = { _ in }
  ) {
    self.baseURL = baseURL
    self.delivery = delivery
    self.key = key
    self.sandboxKey = sandboxKey
    self.deadline = deadline
    self.connections = connections
    self.smsOptOut = smsOptOut
    self.complete = complete
  }
}

/// One client per key, made when it is first needed. A sandbox org never reaches beyond loopback and
/// a live one never goes out unencrypted, whatever else is configured.
public final class SMTP2GOChannels: ChannelDirectory {
  private let settings: SMTP2GOSettings
  /// Of `settings`: every call asks for it, and taking an address apart costs as much as a digest.
  private let place: ProviderAddress
  private let blobs: any BlobPort
  private let clients = Mutex<[String: SMTP2GOClient]>([:])

  public init(settings: SMTP2GOSettings, blobs: any BlobPort) {
    self.settings = settings
    place = ProviderAddress(settings.baseURL)
    self.blobs = blobs
  }

  public func channel(
    for organisation: Organisation
  ) -> Result<any MessageChannel, ChannelRefusal> {
    key(for: organisation).flatMap { key in
      client(key).map {
        SMTP2GOChannel(
          client: $0, keyUsername: key.username, blobs: blobs,
          smsOptOut: settings.smsOptOut)
      }
    }
  }

  /// The org's own client, for `smtp2go check` and `doctor`.
  public func client(
    for organisation: Organisation
  ) -> Result<SMTP2GOClient, ChannelRefusal> {
    key(for: organisation).flatMap { client($0) }
  }

  private func key(for organisation: Organisation) -> Result<APIKey, ChannelRefusal> {
    if let refusal = refusal(organisation) { return .failure(refusal) }
    if settings.delivery == .sandbox { return .success(settings.sandboxKey) }
    if let found = settings.key(organisation.smtp2goKey) { return .success(found) }
    return .failure(
      ChannelRefusal(
        code: "key_missing",
        remedy: "Set \(organisation.smtp2goKey) to the org's SMTP2GO API key; see "
          + "docs/integrations/smtp2go.md."))
  }

  /// Closes all connections.
  public func shutdown() async {
    let all = clients.withLock { clients in
      defer { clients = [:] }
      return Array(clients.values)
    }
    for client in all { try? await client.shutdown() }  // nothing is under way any more
  }

  private func refusal(_ organisation: Organisation) -> ChannelRefusal? {
    guard
      let code = DeliveryRule.refusal(
        org: organisation.mode, delivery: settings.delivery, isLoopback: place.isLoopback,
        isEncrypted: place.isEncrypted)
    else { return nil }
    return ChannelRefusal(code: code, remedy: Self.remedies[code] ?? "See aiom doctor.")
  }

  private static let remedies = [
    "sandbox_org_needs_sandbox_delivery":
      "This org was made for rehearsing; create a live one with: aiom org create --mode live.",
    "sandbox_delivery_beyond_loopback":
      "Point SMTP2GO_URL at a local sandbox (aiom sandbox), or set AIOM_DELIVERY.",
    "live_delivery_without_https": "SMTP2GO_URL must begin with https:// for a live org.",
  ]

  private func client(_ key: APIKey) -> Result<SMTP2GOClient, ChannelRefusal> {
    clients.withLock { clients in
      if let known = clients[key.unredacted()] { return .success(known) }
      do throws(SMTP2GOClient.ConfigurationIssue) {
        var configuration = SMTP2GOClient.Configuration(
          baseURL: settings.baseURL, apiKey: key, deadline: settings.deadline,
          maxConnections: settings.connections)
        settings.complete(&configuration)
        let client = try SMTP2GOClient(configuration: configuration)
        clients[key.unredacted()] = client
        return .success(client)
      } catch {
        return .failure(
          ChannelRefusal(
            code: "client.\(error.rawValue)",
            remedy: "Check SMTP2GO_URL and SMTP2GO_REGION with: aiom config."))
      }
    }
  }
}

/// What an address of a provider says about who may use it.
struct ProviderAddress {
  let isLoopback: Bool
  let isEncrypted: Bool

  init(_ url: String) {
    let parts = URLComponents(string: url)
    let host = parts?.host?.lowercased() ?? ""
    isEncrypted = parts?.scheme?.lowercased() == "https"
    isLoopback = Self.isLoopback(host)
  }

  /// `localhost`, `[::1]`, or four numbers of which the first is 127: never a name that merely
  /// begins so.
  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "::1" || host == "[::1]" { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers.first == "127"
      && numbers.allSatisfy { UInt8($0) != nil }
  }
}
