import ActionProtocol
import Engine
import Insights

extension SQLTransaction {
  /// Writes the thresholds that differ from the standard and removes the rest.
  func saveFinanceRules(_ organisation: Organisation) throws {
    let org = SQLValue.text(organisation.id.rawValue)
    try sql.execute("DELETE FROM settings WHERE org_id = $1 AND key LIKE 'finance.%'", [org])
    for (name, value) in organisation.finance.changed {
      try sql.execute(
        "INSERT INTO settings (org_id, key, value) VALUES ($1, $2, $3)",
        [org, .text(FinanceRules.prefix + name.rawValue), .text(String(value))])
    }
  }
}

extension FinanceRules {
  fileprivate static let prefix = "finance."

  /// Takes over a stored setting; another one, and one that cannot be read, changes nothing.
  mutating func read(_ key: String, _ value: String) {
    guard key.hasPrefix(Self.prefix),
      let name = Name(rawValue: String(key.dropFirst(Self.prefix.count))),
      let number = Int64(value), name.range.contains(number)
    else { return }
    self[name] = number
  }
}
