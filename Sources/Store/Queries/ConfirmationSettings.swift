import ActionProtocol
import Engine

extension SQLTransaction {
  /// Since when payments are confirmed, in milliseconds since 1970; no row: never.
  static let confirmationSetting = "payments.confirmed_since"

  func saveConfirmations(_ organisation: Organisation) throws {
    let (org, key) = (
      SQLValue.text(organisation.id.rawValue), SQLValue.text(Self.confirmationSetting)
    )
    try sql.execute("DELETE FROM settings WHERE org_id = $1 AND key = $2", [org, key])
    guard let since = organisation.confirmsPaymentsSince else { return }
    try sql.execute(
      "INSERT INTO settings (org_id, key, value) VALUES ($1, $2, $3)",
      [org, key, .text(String(since.milliseconds))])
  }
}
