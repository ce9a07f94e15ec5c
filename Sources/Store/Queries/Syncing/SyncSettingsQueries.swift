import ActionProtocol
import Decisions
import Engine

/// What differs from the standard stands in the org's settings; lists have one entry a line.
extension SQLTransaction {
  private static let prefix = "odoo.sync."

  func syncSettings(_ org: OrgID) throws -> SyncSettings {
    var settings = SyncSettings()
    try sql.forEach(
      "SELECT key, value FROM settings WHERE org_id = $1 AND key LIKE 'odoo.sync.%'",
      [.text(org.rawValue)]
    ) { settings.read(String($0.text(0).dropFirst(Self.prefix.count)), $0.text(1)) }
    return settings
  }

  func save(_ settings: SyncSettings, _ org: OrgID) throws {
    let key = SQLValue.text(org.rawValue)
    try sql.execute("DELETE FROM settings WHERE org_id = $1 AND key LIKE 'odoo.sync.%'", [key])
    let standard = SyncSettings().stored
    for (name, value) in settings.stored where standard[name] != value {
      try sql.execute(
        "INSERT INTO settings (org_id, key, value) VALUES ($1, $2, $3)",
        [key, .text(Self.prefix + name), .text(value)])
    }
  }
}

extension SyncSettings {
  fileprivate var stored: [String: String] {
    [
      "companies": companies.map(String.init).joined(separator: "\n"),
      "dispute_tags": disputeTags.joined(separator: "\n"),
      "never_remind_tags": neverRemindTags.joined(separator: "\n"),
      "answer_pause_minutes": String(answerPause.components.seconds / 60),
      "requests_per_minute": String(requestsPerMinute),
    ]
  }

  /// Takes over a stored setting; another one, and one that cannot be read, changes nothing.
  fileprivate mutating func read(_ name: String, _ value: String) {
    let lines = value.split(separator: "\n").map(String.init)
    switch name {
    case "companies": companies = lines.compactMap { Int64($0) }.filter { $0 > 0 }
    case "dispute_tags": disputeTags = lines
    case "never_remind_tags": neverRemindTags = lines
    case "answer_pause_minutes":
      if let minutes = Int64(value), Self.pauses.contains(minutes) {
        answerPause = .seconds(minutes * 60)
      }
    case "requests_per_minute":
      if let pace = Int(value), Self.paces.contains(pace) { requestsPerMinute = pace }
    default: break
    }
  }
}
