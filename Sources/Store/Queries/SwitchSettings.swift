import ActionProtocol
import Engine

/// What an organisation switches on, one row each; no row: off.
extension SQLTransaction {
  /// Since when payments are confirmed, in milliseconds since 1970.
  static let confirmationSetting = "payments.confirmed_since"
  /// `1`: colleagues are told of overdue tasks.
  static let taskNoticeSetting = "tasks.notified"
  /// `1`: persons are written to about what waits for them.
  static let tellingSetting = "persons.told"

  func saveSwitches(_ organisation: Organisation) throws {
    let org = SQLValue.text(organisation.id.rawValue)
    try sql.execute(
      "DELETE FROM settings WHERE org_id = $1 AND key IN ($2, $3, $4)",
      [
        org, .text(Self.confirmationSetting), .text(Self.taskNoticeSetting),
        .text(Self.tellingSetting),
      ])
    var values: [(String, String)] = []
    if let since = organisation.confirmsPaymentsSince {
      values.append((Self.confirmationSetting, String(since.milliseconds)))
    }
    if organisation.notifiesTasks { values.append((Self.taskNoticeSetting, "1")) }
    if organisation.tellsPersons { values.append((Self.tellingSetting, "1")) }
    for (key, value) in values {
      try sql.execute(
        "INSERT INTO settings (org_id, key, value) VALUES ($1, $2, $3)",
        [org, .text(key), .text(value)])
    }
  }
}
