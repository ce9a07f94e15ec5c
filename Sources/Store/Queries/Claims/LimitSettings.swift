import ActionProtocol
import Decisions
import Engine

extension SQLTransaction {
  /// Writes what differs from the standard and removes the rest, so that a claim reads few rows.
  func saveLimits(_ organisation: Organisation) throws {
    let (org, limits) = (organisation.id.rawValue, organisation.limits)
    let values = [
      ("claims.weight", limits.weight == 1 ? "" : String(limits.weight)),
      ("limit.email", limits.email.rawValue), ("limit.sms", limits.sms.rawValue),
    ]
    for (key, value) in values where value.isEmpty {
      try sql.execute(
        "DELETE FROM settings WHERE org_id = $1 AND key = $2", [.text(org), .text(key)])
    }
    for (key, value) in values where !value.isEmpty {
      try sql.execute(
        """
        INSERT INTO settings (org_id, key, value) VALUES ($1, $2, $3)
        ON CONFLICT (org_id, key) DO UPDATE SET value = excluded.value
        """, [.text(org), .text(key), .text(value)])
    }
  }
}

extension OrgLimits {
  /// Takes over a stored setting; another one, and one that cannot be read, changes nothing.
  mutating func read(_ key: String, _ value: String) {
    switch key {
    case "claims.weight":
      if let weight = Int(value), Self.weights.contains(weight) { self.weight = weight }
    case "limit.email": email = ChannelLimit(rawValue: value) ?? email
    case "limit.sms": sms = ChannelLimit(rawValue: value) ?? sms
    default: break
    }
  }
}
