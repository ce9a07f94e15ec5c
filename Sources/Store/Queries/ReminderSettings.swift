import ActionProtocol
import Engine
import Insights

extension SQLTransaction {
  /// Writes the limits of reminders where they differ from the standard, so that a claim reads few rows.
  func saveReminderRules(_ organisation: Organisation) throws {
    let org = SQLValue.text(organisation.id.rawValue)
    try sql.execute("DELETE FROM settings WHERE org_id = $1 AND key LIKE 'dunning.rule.%'", [org])
    for (key, value) in organisation.reminders.stored {
      try sql.execute(
        "INSERT INTO settings (org_id, key, value) VALUES ($1, $2, $3)",
        [org, .text(key), .text(value)])
    }
  }
}

extension ReminderRules {
  private static let interval = "dunning.rule.interval_days"
  private static let minimum = "dunning.rule.minimum_units"
  private static let age = "dunning.rule.payments_age_days"
  private static let unlimited = "none"

  fileprivate var stored: [(String, String)] {
    var values: [(String, String)] = []
    let standard = ReminderRules.standard
    if intervalDays != standard.intervalDays { values.append((Self.interval, "\(intervalDays)")) }
    if minimumUnits != standard.minimumUnits { values.append((Self.minimum, "\(minimumUnits)")) }
    if paymentsAgeDays != standard.paymentsAgeDays {
      values.append((Self.age, paymentsAgeDays.map(String.init) ?? Self.unlimited))
    }
    return values
  }

  /// Takes over a stored setting; another one, and one that cannot be read, changes nothing.
  mutating func read(_ key: String, _ value: String) {
    switch key {
    case Self.interval: if let days = Int(value) { intervalDays = days }
    case Self.minimum: if let units = Int64(value) { minimumUnits = units }
    case Self.age:
      if let days = Int(value) {
        paymentsAgeDays = days
      } else if value == Self.unlimited {
        paymentsAgeDays = nil
      }
    default: return
    }
  }
}
