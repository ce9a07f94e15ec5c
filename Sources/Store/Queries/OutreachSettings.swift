import ActionProtocol
import Decisions
import Engine

extension SQLTransaction {
  /// Writes what differs from the standard and removes the rest, so that a claim reads few rows.
  func saveOutreachRules(_ organisation: Organisation) throws {
    let org = SQLValue.text(organisation.id.rawValue)
    try sql.execute(
      "DELETE FROM settings WHERE org_id = $1 AND key LIKE 'outreach.limit.%'", [org])
    for (key, value) in organisation.outreach.stored {
      try sql.execute(
        "INSERT INTO settings (org_id, key, value) VALUES ($1, $2, $3)",
        [org, .text(key), .text(value)])
    }
  }
}

extension OutreachRules {
  private static let prefix = "outreach.limit."
  private static let spread = prefix + "spread_minutes"
  private static let pace = prefix + "drain_per_minute"
  private static let emailBudget = prefix + "budget_emails"
  private static let smsBudget = prefix + "budget_sms"
  private static let consentKey = prefix + "consent"
  private static let holidayFile = prefix + "holidays"
  private static let unlimited = "none"

  /// What differs from the standard.
  fileprivate var stored: [(String, String)] {
    var values: [(String, String)] = []
    for cap in OutreachCaps.all where caps[cap] != OutreachCaps.standard[cap] {
      values.append((Self.prefix + cap.name, caps[cap].map(String.init) ?? Self.unlimited))
    }
    if drain.spread != DrainPace.standard.spread {
      values.append((Self.spread, String(drain.spread.components.seconds / 60)))
    }
    if drain.perMinute != DrainPace.standard.perMinute {
      values.append((Self.pace, String(drain.perMinute)))
    }
    if let emails = budget.emails { values.append((Self.emailBudget, String(emails))) }
    if let sms = budget.sms { values.append((Self.smsBudget, sms.text)) }
    if consent != .standard { values.append((Self.consentKey, consent.rawValue)) }
    if !holidays.isEmpty { values.append((Self.holidayFile, HolidayFile.text(holidays))) }
    return values
  }

  /// Takes over a stored setting; another one, and one that cannot be read, changes nothing.
  mutating func read(_ key: String, _ value: String) {
    guard key.hasPrefix(Self.prefix) else { return }
    switch key {
    case Self.spread:
      if let minutes = Int(value), DrainPace.spreads.contains(minutes) {
        drain.spread = .seconds(minutes * 60)
      }
    case Self.pace:
      if let pace = Int(value), DrainPace.paces.contains(pace) { drain.perMinute = pace }
    case Self.emailBudget:
      if let emails = Int(value), OutreachBudget.emailRange.contains(emails) {
        budget.emails = emails
      }
    case Self.smsBudget: budget.sms = Price(value) ?? budget.sms
    case Self.consentKey: consent = ConsentRequirement(rawValue: value) ?? consent
    case Self.holidayFile: holidays = HolidayFile(value).changes
    default:
      guard let cap = OutreachCap(name: String(key.dropFirst(Self.prefix.count))) else { return }
      if value == Self.unlimited {
        caps[cap] = nil
      } else if let limit = Int(value), (1...OutreachCaps.most).contains(limit) {
        caps[cap] = limit
      }
    }
  }
}
