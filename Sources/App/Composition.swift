import ActionProtocol
import Connectors
import Credentials
import Decisions
import Engine
import Foundation
import Logging
import Odoo
import SMTP2GO
import SQLiteDriver
import Sandbox
import Store

/// The only place that builds live objects.
enum Composition {
  /// The port of `aiom sandbox`, where messages go under sandbox delivery unless told otherwise.
  static let sandboxAddress = "http://127.0.0.1:8025/v3"

  // MARK: Settings

  /// Reads the settings of a command and says what was left out.
  static func settings(_ global: GlobalOptions, _ console: Console) throws -> Settings {
    let settings = try Settings.load(flags: global.flags)
    settings.warnings.forEach(console.warn)
    return settings
  }

  /// Where messages go.
  static func providerAddress(_ settings: Settings) -> String {
    if let url = settings.url { return trimmed(url) }
    return settings.delivery == .sandbox ? sandboxAddress : settings.region.baseURL
  }

  /// Where a local sandbox shows what it received; nil where messages go elsewhere.
  private static func outboxAddress(_ settings: Settings) -> String? {
    guard settings.delivery == .sandbox, let url = URL(string: providerAddress(settings)),
      ProviderAddress.isLoopback(url)
    else { return nil }
    let text = trimmed(url)
    return text.hasSuffix("/v3") ? String(text.dropLast(2)) : text + "/"
  }

  /// Where the account is, whatever the delivery mode: for `smtp2go check` and `doctor`.
  static func accountAddress(_ settings: Settings) -> String {
    settings.url.map(trimmed) ?? settings.region.baseURL
  }

  private static func trimmed(_ url: URL) -> String {
    let text = url.absoluteString
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  // MARK: The house

  /// Opens the database of a command. It must exist, with this program's schema.
  static func open(
    _ global: GlobalOptions, _ console: Console, level: Logger.Level = .notice
  ) async throws -> House {
    try await open(settings(global, console), level: level)
  }

  static func open(_ settings: Settings, level: Logger.Level = .notice) async throws -> House {
    if case .file(let path) = settings.place, !FileManager.default.fileExists(atPath: path) {
      throw Failure(
        .notConfigured, "database.missing", "There is no database at \(path).",
        remedy: "`aiom init` creates it; or name another with --db or AIOM_DB.")
    }
    let house = try house(settings, level: level)
    let version = try await house.schema.schemaVersion()
    try refuse(version: version)
    return try await identified(house)
  }

  /// Opens the database or creates it, with this program's schema.
  static func create(_ settings: Settings, level: Logger.Level = .notice) async throws -> House {
    _ = try await migrate(settings)
    return try await identified(house(settings, level: level))
  }

  /// Brings the database to this program's schema.
  /// - Returns: the steps that were applied, and the schema's number afterwards.
  static func migrate(_ settings: Settings) async throws -> (applied: [String], version: Int) {
    try makeFolder(settings.home)
    if case .file(let path) = settings.place {
      try makeFolder((path as NSString).deletingLastPathComponent)
    }
    let opened = try OpenDatabase.open(settings.place)
    let store = SQLStore(database: opened.database, entropy: .system)
    let applied = try await store.migrate()
    let version = try await store.schemaVersion()
    try opened.close()
    return (applied, version)
  }

  /// Everything that runs, for settings and a key of the sandbox's own.
  static func house(_ settings: Settings, level: Logger.Level) throws -> House {
    let logger = logger(settings, level: level)
    let opened = try OpenDatabase.open(settings.place)
    let store = SQLStore(database: opened.database, entropy: .system)
    let blobs = FileBlobStore(directory: SettingsReader.join(settings.home, "blobs"))
    let metrics = RegistryMetrics()
    let channels = SMTP2GOChannels(
      settings: provider(settings, logger, metrics), blobs: blobs)
    let odoo = OdooConnections(settings: self.odoo(settings, logger, metrics))
    var context = EngineContext(
      store: store, channels: channels, blobs: blobs,
      drafting: try MustacheDrafting(directory: templates(settings)),
      liveness: opened.liveness, wake: opened.wake, entropy: .system,
      configuration: try configuration(settings), logger: logger)
    context.books = odoo
    context.epoch = try epoch(settings)
    context.syncing = OdooSyncSources(odoo)
    context.roles = StoredRoles()
    return House(
      settings: settings, database: opened, store: store, schema: store, context: context,
      channels: channels, odoo: odoo, providerMetrics: metrics,
      access: access(settings, store), caller: .local(try localPerson()))
  }

  private static func access(_ settings: Settings, _ store: any StorePort) -> AccessContext {
    let path = SettingsReader.join(settings.home, "access.key")
    let crypto = SystemCredentials.crypto(key: {
      try makeFolder(settings.home)
      do {
        return try SealingKey.load(path: path, random: Entropy.system.bytes)
      } catch is SealingKey.Unusable {
        throw Failure(
          .notConfigured, "access.key", "The key \(path) cannot be read, or is none.",
          remedy:
            "Restore it with the database. Without it, one-time codes have to be set up anew: "
            + "move the file away, then `aiom person codes --remove`.")
      }
    })
    return AccessContext(store: store, entropy: .system, crypto: crypto)
  }

  /// The house with whoever shows a credential: AIOM_TOKEN, the file of AIOM_TOKEN_FILE, or the session
  /// that `aiom login` keeps.
  /// - Throws: ``AccessError`` where a token is set and opens nothing: it must not become a local login.
  private static func identified(_ house: House) async throws -> House {
    var house = house
    let signIn = SignIn(house.access)
    if let token = try house.settings.accessToken() {
      house.caller = try await signIn.caller(token)
    } else if let token = SessionFile(home: house.settings.home).token {
      do {
        house.caller = try await signIn.caller(token)
      } catch let error as AccessError {
        house.sessionProblem = error
      }
    }
    return house
  }

  private static func provider(
    _ settings: Settings, _ logger: Logger, _ metrics: RegistryMetrics
  ) -> SMTP2GOSettings {
    SMTP2GOSettings(
      baseURL: providerAddress(settings), delivery: settings.delivery,
      key: { CredentialReference.key($0, settings) },
      sandboxKey: APIKey(SandboxConfiguration.defaultKey), deadline: .seconds(30),
      // The engine's slots limit the calls; connections must never make one channel wait for another.
      connections: settings.workers * CallSlots.orgsAtOnce * OutreachChannel.allCases.count,
      smsOptOut: settings.smsOptOut,
      complete: {
        $0.logger = logger
        $0.metrics = metrics
      })
  }

  private static func odoo(
    _ settings: Settings, _ logger: Logger, _ metrics: RegistryMetrics
  ) -> OdooConnectionSettings {
    OdooConnectionSettings(
      delivery: settings.delivery, url: settings.odoo.url, database: settings.odoo.database,
      user: settings.odoo.user, key: { CredentialReference.odooKey($0, settings) },
      complete: {
        $0.logger = logger
        $0.metrics = metrics
      })
  }

  private static func configuration(_ settings: Settings) throws -> EngineConfiguration {
    var configuration = EngineConfiguration(
      delivery: settings.delivery, redirectEmail: settings.redirectEmail,
      redirectPhone: settings.redirectPhone, ledgerMaximumAge: settings.ledgerMaximumAge,
      leaseSeconds: settings.leaseSeconds, concurrentCalls: settings.workers,
      publicURL: settings.serving.publicURL)
    configuration.outboxURL = outboxAddress(settings)
    configuration.operatorPhones = Set([settings.redirectPhone].compactMap { $0 })
    configuration.prices = try PriceFile.table(settings)
    return configuration
  }

  /// The company's own templates, where there are any.
  private static func templates(_ settings: Settings) -> String? {
    let path = SettingsReader.join(settings.home, "templates")
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  private static func logger(_ settings: Settings, level: Logger.Level) -> Logger {
    Logger(label: "aiom") { label in
      LineLogHandler(
        label: label, level: settings.logLevel ?? level, format: settings.logFormat)
    }
  }

  private static func refuse(version: Int) throws {
    let current = Migrator.all.count
    if version == 0 {
      throw Failure(
        .notConfigured, "database.empty", "The database has no tables yet.",
        remedy: "`aiom init` makes them and an organisation; `aiom migrate` the tables alone.")
    }
    if version < current {
      throw Failure(
        .notConfigured, "database.schema_old",
        "The database has schema \(version); this program needs \(current).",
        remedy: "Make a backup, then run `aiom migrate`.")
    }
    if version > current {
      throw Failure(
        .notConfigured, "database.schema_new",
        "The database has schema \(version), which is newer than this program's \(current).",
        remedy: "Use the newer aiom.")
    }
  }

  /// Where the database's epoch is remembered: beside a file; for a server in the home directory.
  private static func epoch(_ settings: Settings) throws -> FileEpoch {
    switch settings.place {
    case .file(let path):
      return FileEpoch(databasePath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    case .server:
      try makeFolder(settings.home)
      let name = Digest.sha256(Array(settings.place.label.utf8)).hex.prefix(16)
      return FileEpoch(folder: settings.home, name: String(name))
    }
  }

  static func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Failure(
        .notConfigured, "home.not_writable", "The directory \(path) cannot be made.",
        remedy: "Make it, or name another with --home or AIOM_HOME.")
    }
  }

  /// Until persons and roles exist, whoever runs the program decides in their login's name.
  private static func localPerson() throws -> Author {
    guard let author = Author(.person, "local:\(LocalUser.login)") else {
      throw Failure(
        .internalError, "login.invalid", "The login's name cannot stand in a record.",
        remedy: "Run it as another user.")
    }
    return author
  }
}
