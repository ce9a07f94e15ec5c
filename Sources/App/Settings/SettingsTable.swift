/// Every setting there is. `docs/reference/configuration.md` has the same rows; a check compares.
enum SettingsTable {
  static let rows: [SettingRow] = installation + delivery + running + serving + provider + odoo

  static func row(_ key: SettingKey) -> SettingRow? { rows.first { $0.key == key } }

  private static let installation: [SettingRow] = [
    SettingRow(
      .home, .path, default: "~/.aiom", range: "a local disk",
      "where the database and the blobs live"),
    SettingRow(
      .database, .path, default: "aiom.sqlite in AIOM_HOME", range: "a local disk, mode 0600",
      "the database, where DATABASE_URL names none"),
    SettingRow(
      .databaseURL, .databaseURL, range: "postgresql://user:password@host:5432/database",
      secret: true, "a PostgreSQL instead of a file; --db wins over it"),
    SettingRow(
      .organisation, .organisation, default: nil, range: "an existing organisation",
      "which organisation a command is about; otherwise the one in use, or the only one"),
    SettingRow(
      .token, .apiKey, range: "a token as `aiom token create` shows it", secret: true,
      "who runs a command, where there is no terminal to sign in at"),
    SettingRow(
      .tokenFile, .path, default: nil, range: "a file of mode 0600 with one token",
      "the same from a file; AIOM_TOKEN wins over it"),
  ]

  private static let delivery: [SettingRow] = [
    SettingRow(
      .delivery, .word(["sandbox", "redirect", "live"]), default: "sandbox",
      range: "sandbox, redirect, live",
      "where messages go: the local sandbox, the operator, the customers"),
    SettingRow(
      .redirectEmail, .email, range: "an address of your own; needed under redirect",
      "who receives redirected e-mail"),
    SettingRow(
      .redirectPhone, .phone, range: "E.164; needed for SMS under redirect",
      "who receives redirected SMS"),
  ]

  private static let running: [SettingRow] = [
    SettingRow(
      .ledgerMaximumAge, .integer(1...87_600), default: "24", range: "hours, 1 to 87600",
      "records older than this make a check answer \"cannot tell\""),
    SettingRow(
      .logLevel,
      .word(["trace", "debug", "info", "notice", "warning", "error", "critical"]),
      default: "notice; info for serve",
      range: "trace, debug, info, notice, warning, error, critical", "what is logged"),
    SettingRow(
      .logFormat, .word(["text", "json"]), default: "text", range: "text, json",
      "how it is logged, on standard error"),
    SettingRow(
      .leaseSeconds, .integer(2...300), default: "15", range: "seconds, 2 to 300",
      "how long a process keeps its claims without a heartbeat"),
    SettingRow(
      .workers, .integer(1...256), default: "32", range: "1 to 256",
      "how many calls of one organisation are out at a time on one channel"),
    SettingRow(
      .shutdownSeconds, .integer(0...50), default: "25", range: "seconds, 0 to 50",
      "how long serve and worker wait for calls under way when they are asked to stop"),
  ]

  private static let serving: [SettingRow] = [
    SettingRow(
      .publicURL, .publicURL, default: nil, range: "https, or http on this machine",
      "where the provider and customers reach the public listener: stands in webhooks and "
        + "unsubscribe links"),
    SettingRow(
      .listen, .listen, default: "127.0.0.1:8080", range: "ADDRESS:PORT, or off",
      "where serve answers its own people and machines: health"),
    SettingRow(
      .listenNames, .hostNames, default: nil, range: "names such as aiom.internal, with commas",
      "the names under which the private listener is called, besides localhost and its address"),
    SettingRow(
      .publicListen, .listen, default: "127.0.0.1:8081", range: "ADDRESS:PORT, or off",
      "where serve answers the provider and customers: webhooks, unsubscribe links"),
    SettingRow(
      .tlsCertificate, .path, default: nil, range: "a PEM file; together with AIOM_TLS_KEY",
      "the certificate chain of the public listener, and of the private one beyond this machine"),
    SettingRow(
      .tlsKey, .path, default: nil, range: "a PEM file without a password", "its private key"),
    SettingRow(
      .behindProxy, .proxies, default: nil, range: "addresses and ranges such as 10.0.0.0/8",
      "the proxies whose word about a client is believed, and who alone may call in plain http "
        + "from beyond this machine"),
  ]

  private static let provider: [SettingRow] = [
    SettingRow(
      .apiKey, .apiKey, range: "api- and 32 letters or digits as SMTP2GO shows it", secret: true,
      "authenticates at SMTP2GO"),
    SettingRow(
      .senderEmail, .mailbox, range: "a sender verified at SMTP2GO",
      "the sender, where the organisation has none of its own"),
    SettingRow(
      .smsSender, .optionalPhone, range: "E.164; anything else is left out with a warning",
      "the sender of SMS"),
    SettingRow(
      .smsOptOut, .optOut, default: nil, range: "webhook, provider, or the sentence customers read",
      "how customers opt out of SMS, where the key may not read their answers"),
    SettingRow(
      .prices, .path, default: nil, range: "a JSON file", "the price table of aiom cost"),
    SettingRow(
      .region, .word(["global", "us", "eu", "au"]), default: "global",
      range: "global, us, eu, au", "which of SMTP2GO's addresses is called"),
    SettingRow(
      .url, .url, default: nil, range: "https, or http on this machine",
      "another address of the API, such as a local sandbox"),
  ]

  private static let odoo: [SettingRow] = [
    SettingRow(
      .odooURL, .odooURL, default: nil, range: "https, or http on this machine",
      "the Odoo of organisations that have no address of their own"),
    SettingRow(
      .odooDatabase, .line, range: "a database's name", "its database"),
    SettingRow(
      .odooUser, .line, range: "a login", "the login of the user that AIOM works as there"),
    SettingRow(
      .odooKey, .apiKey, range: "an API key as Odoo shows it", secret: true,
      "that user's API key"),
  ]
}
