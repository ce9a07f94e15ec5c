import ActionProtocol
import Addressing
import Connectors
import Decisions
import Foundation
import Logging
import SMTP2GO

/// The settings of a process, read once and checked.
struct Settings: Sendable {
  enum LogFormat: String, Sendable { case text, json }

  /// Every row with its value and source, for `aiom config`.
  let rows: [ResolvedSetting]
  let home: String
  let place: DatabasePlace
  /// What may be shown of the database: the file's path, or the server without user and password.
  let database: String
  let organisation: OrgID?
  /// A person's or an agent's token. A secret.
  let token: String?
  /// Where it stands otherwise.
  let tokenFile: String?
  let delivery: DeliveryMode
  let redirectEmail: EmailAddress?
  let redirectPhone: PhoneNumber?
  let ledgerMaximumAge: Duration
  /// Nil: the command's own default.
  let logLevel: Logger.Level?
  let logFormat: LogFormat
  let leaseSeconds: Int
  let workers: Int
  /// How long calls under way may take to end when a process is asked to stop.
  let shutdownSeconds: Int
  /// How `serve` is reached.
  let serving: ServingSettings
  let apiKey: APIKey?
  let sender: Mailbox?
  let smsSender: PhoneNumber?
  /// Whether a name stands where the number of the SMS sender belongs; it is left out.
  let hasSMSSenderName: Bool
  /// Nil: nobody has said how customers opt out of SMS.
  let smsOptOut: SMSOptOut?
  /// The operator's price table; nil: the standard one.
  let prices: String?
  let region: Region
  /// Nil: the region's.
  let url: URL?
  /// The Odoo of organisations that have none of their own.
  let odoo: OdooDefaults
  /// What was left out, for a person.
  let warnings: [String]

  /// - Throws: ``Failure`` naming every wrong setting, its problem and its remedy.
  init(
    _ rows: [ResolvedSetting], directory: String, environment: [String: String],
    fileWarnings: [String] = []
  ) throws {
    try Self.refuseProblems(rows)
    let values = Dictionary(uniqueKeysWithValues: rows.map { ($0.row.key, $0) })
    func text(_ key: SettingKey) -> String? { values[key]?.given }
    func path(_ text: String) -> String {
      SettingsReader.expanded(text, directory: directory, environment: environment)
    }
    self.rows = rows
    home = path(text(.home) ?? "~/.aiom")
    let file = text(.database).map(path) ?? SettingsReader.join(home, "aiom.sqlite")
    place = Self.place(file: file, values[.database]?.source, url: text(.databaseURL))
    database = place.label
    organisation = text(.organisation).flatMap(OrgID.init(rawValue:))
    token = text(.token)
    tokenFile = text(.tokenFile).map(path)
    delivery = text(.delivery).flatMap(DeliveryMode.init(rawValue:)) ?? .sandbox
    redirectEmail = text(.redirectEmail).flatMap { try? EmailAddress($0) }
    redirectPhone = text(.redirectPhone).flatMap { try? PhoneNumber(e164: $0) }
    ledgerMaximumAge = .seconds((text(.ledgerMaximumAge).flatMap { Int($0) } ?? 24) * 3600)
    logLevel = text(.logLevel).flatMap(Logger.Level.init(rawValue:))
    logFormat = text(.logFormat).flatMap(LogFormat.init(rawValue:)) ?? .text
    leaseSeconds = text(.leaseSeconds).flatMap { Int($0) } ?? 15
    workers = text(.workers).flatMap { Int($0) } ?? 32
    shutdownSeconds = text(.shutdownSeconds).flatMap { Int($0) } ?? 25
    serving = try ServingSettings(text, path: path)
    apiKey = text(.apiKey).map(APIKey.init)
    sender = text(.senderEmail).flatMap { try? Mailbox($0) }
    smsSender = text(.smsSender).flatMap { try? PhoneNumber(e164: $0) }
    hasSMSSenderName = text(.smsSender) != nil && smsSender == nil
    smsOptOut = text(.smsOptOut).flatMap(SMSOptOut.init)
    prices = text(.prices).map(path)
    region = text(.region).flatMap(Region.init(rawValue:)) ?? .global
    url = text(.url).flatMap { URL(string: $0) }
    odoo = OdooDefaults(
      url: text(.odooURL), database: text(.odooDatabase), user: text(.odooUser),
      key: text(.odooKey))
    warnings = fileWarnings + Self.warnings(rows, smsSender: smsSender)
    try Self.refuseCombinations(delivery, redirectEmail: redirectEmail)
  }

  /// A file named on the command line wins; otherwise a server, where one is named.
  private static func place(file: String, _ source: SettingSource?, url: String?) -> DatabasePlace {
    if case .flag = source { return .file(file) }
    return url.map { .server(url: $0) } ?? .file(file)
  }

  /// Reads the process's settings.
  /// - Parameter flags: values from the command line, which win.
  static func load(
    flags: [SettingKey: (name: String, value: String)],
    environment: [String: String] = ProcessInfo.processInfo.environment,
    directory: String = FileManager.default.currentDirectoryPath
  ) throws -> Settings {
    let reader = try SettingsReader(flags: flags, environment: environment, directory: directory)
    return try Settings(
      reader.resolve(), directory: directory, environment: environment,
      fileWarnings: reader.warnings)
  }

  private static func refuseProblems(_ rows: [ResolvedSetting]) throws {
    let wrong = rows.filter { $0.problem != nil }
    guard let first = wrong.first else { return }
    let sentences = wrong.map { row in
      "\(row.row.key.rawValue) (\(row.source.label)) \(row.problem ?? "")."
    }
    throw Failure(
      .notConfigured, "settings.invalid", sentences.joined(separator: "\n"),
      remedy: "Allowed for \(first.row.key.rawValue): \(first.row.range). Correct it there, or "
        + "unset it. `aiom config` shows every setting and its source.",
      details: ["settings": .array(wrong.map { .string($0.row.key.rawValue) })])
  }

  private static func refuseCombinations(
    _ delivery: DeliveryMode, redirectEmail: EmailAddress?
  ) throws {
    guard delivery == .redirect, redirectEmail == nil else { return }
    throw Failure(
      .notConfigured, "settings.redirect_email_missing",
      "AIOM_DELIVERY is redirect, and AIOM_REDIRECT_EMAIL is not set.",
      remedy: "Set AIOM_REDIRECT_EMAIL to an address of your own, or AIOM_DELIVERY to sandbox.",
      details: ["settings": ["AIOM_REDIRECT_EMAIL"]])
  }

  private static func warnings(_ rows: [ResolvedSetting], smsSender: PhoneNumber?) -> [String] {
    var warnings: [String] = []
    for row in rows {
      if row.row.key == .smsSender, row.given != nil, smsSender == nil {
        warnings.append(
          "SMTP2GO_SMS_SENDER is not a phone number in the form +15551234567. SMTP2GO documents no "
            + "names as senders, they are one-way and not allowed in the US and Canada; SMS go out "
            + "without a sender of yours.")
      }
      if row.row.key == .apiKey, let key = row.given, !APIKey(key).hasKnownFormat {
        warnings.append(
          "SMTP2GO_API_KEY (\(row.source.label)) does not look like a key of SMTP2GO: api- and 32 "
            + "letters or digits.")
      }
      if row.row.key == .senderEmail, let place = row.placeholderIn, row.given == nil {
        warnings.append(
          "SMTP2GO_SENDER_EMAIL (\(place.label)) is the example's address; it counts as unset.")
      }
    }
    return warnings
  }
}
