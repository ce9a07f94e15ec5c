import ActionProtocol
import Decisions
import Engine
import Odoo
import Synchronization

/// Where an Odoo is and how a key is found, as the installation says.
public struct OdooConnectionSettings: Sendable {
  public var delivery: DeliveryMode
  /// The installation's own, for orgs that name none.
  public var url: String?
  public var database: String?
  public var user: String?
  /// Reads a credential reference: `env:NAME` or `file:PATH`; nil where nothing usable stands there.
  public var key: @Sendable (String) -> String?
  /// Completes the client's configuration: where its log lines and metrics go.
  public var complete: @Sendable (inout OdooClient.Configuration) -> Void

  public init(
    delivery: DeliveryMode, url: String? = nil, database: String? = nil, user: String? = nil,
    key: @escaping @Sendable (String) -> String?,
    complete: @escaping @Sendable (inout OdooClient.Configuration) -> Void = { _ in }
  ) {
    self.delivery = delivery
    self.url = url
    self.database = database
    self.user = user
    self.key = key
    self.complete = complete
  }
}

/// The one place that builds clients of Odoo: one per server, database, user and key, made when it is
/// first needed. A sandbox org never reaches beyond loopback. Thread-safe.
public final class OdooConnections: Sendable {
  private struct Key: Hashable {
    let url: String
    let database: String?
    let user: String?
    let secret: String
  }

  private struct Known {
    let client: OdooClient
    /// When it was last told that its credentials may be right again.
    var repairedAt: ContinuousClock.Instant
  }

  let settings: OdooConnectionSettings
  private let clients = Mutex<[Key: Known]>([:])
  private let tagNames = Mutex<[String: OdooTags]>([:])
  /// Refused credentials are tried once more after so long: servers lock out who goes on trying.
  private static let patience: Duration = .seconds(300)

  public init(settings: OdooConnectionSettings) { self.settings = settings }

  /// The address of an org's Odoo; nil where neither it nor the installation names one.
  public func url(of books: OrgBooks) -> String? { books.url ?? settings.url }

  /// The client of an org's Odoo, for reading; whatever its `books.kind` is.
  ///
  /// - Returns: the client, or why there is none: `odoo_url_missing`, `odoo_key_missing`,
  ///   `sandbox_org_beyond_loopback`, `odoo.<issue>`.
  public func client(for organisation: Organisation) -> Result<OdooClient, ChannelRefusal> {
    let books = organisation.books
    guard let url = url(of: books) else {
      return .failure(
        ChannelRefusal(
          code: "odoo_url_missing",
          remedy: "Set the Odoo's address: ODOO_URL, or aiom org set --odoo-url ADDRESS."))
    }
    guard organisation.mode == .live || ProviderAddress(url).isLoopback else {
      return .failure(
        ChannelRefusal(
          code: "sandbox_org_beyond_loopback",
          remedy: "This org was made for rehearsing and stays on this machine; create a live one "
            + "with: aiom org create --mode live."))
    }
    guard let secret = settings.key(books.key) else {
      return .failure(
        ChannelRefusal(
          code: "odoo_key_missing",
          remedy: "Put the API key of Odoo's bot user at \(books.key); see "
            + "docs/integrations/odoo.md."))
    }
    return client(
      Key(
        url: url, database: books.database ?? settings.database,
        user: books.user ?? settings.user, secret: secret))
  }

  /// What the tags in an org's Odoo are called, remembered for a while.
  func tags(of organisation: Organisation) -> OdooTags {
    let books = organisation.books
    let place = [url(of: books), books.database ?? settings.database, books.user ?? settings.user]
    return tagNames.withLock { known in
      let key = place.map { $0 ?? "" }.joined(separator: " ")
      let tags = known[key] ?? OdooTags()
      known[key] = tags
      return tags
    }
  }

  /// Why nothing may be written to an org's Odoo now; nil where it may.
  public func writeRefusal(for organisation: Organisation) -> ChannelRefusal? {
    let isLoopback = url(of: organisation.books).map { ProviderAddress($0).isLoopback } ?? false
    switch settings.delivery {
    case .redirect:
      return ChannelRefusal(
        code: "rehearsal_writes_nothing",
        remedy: "A rehearsal changes no records; this one waits for AIOM_DELIVERY=live.")
    case .sandbox where !isLoopback:
      return ChannelRefusal(
        code: "sandbox_delivery_beyond_loopback",
        remedy: "Sandbox delivery changes no records beyond this machine; set AIOM_DELIVERY=live.")
    case .sandbox, .live:
      return nil
    }
  }

  private func client(_ key: Key) -> Result<OdooClient, ChannelRefusal> {
    clients.withLock { clients in
      if let known = clients[key] { return .success(known.client) }
      do throws(OdooClient.ConfigurationIssue) {
        var configuration = OdooClient.Configuration(
          baseURL: key.url, database: key.database,
          credentials: .apiKey(key.secret, login: key.user))
        settings.complete(&configuration)
        let client = try OdooClient(configuration: configuration)
        clients[key] = Known(client: client, repairedAt: .now)
        return .success(client)
      } catch {
        return .failure(
          ChannelRefusal(
            code: "odoo.\(error.rawValue)",
            remedy: "Check ODOO_URL, ODOO_DB, ODOO_USER and the key with: aiom odoo check."))
      }
    }
  }

  /// Lets clients whose credentials were refused try once more, at most every five minutes: a key may
  /// have been given its rights back.
  public func retryCredentials(of organisation: Organisation) async {
    guard case .success = client(for: organisation) else { return }
    let books = organisation.books
    let ready = clients.withLock { clients -> [OdooClient] in
      let keys = clients.keys.filter { $0.url == url(of: books) }
      return keys.compactMap { key -> OdooClient? in
        guard let known = clients[key], known.repairedAt + Self.patience <= .now else { return nil }
        clients[key]?.repairedAt = .now
        return known.client
      }
    }
    for client in ready { await client.credentialsWereRepaired() }
  }

  /// Closes all connections. Writes under way end with an unknown outcome.
  public func shutdown() async {
    let all = clients.withLock { clients in
      defer { clients = [:] }
      return clients.values.map(\.client)
    }
    for client in all { try? await client.shutdown() }  // nothing is under way any more
  }
}
