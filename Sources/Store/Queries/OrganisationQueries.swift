import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import Insights

extension SQLTransaction: OrganisationReading, OrganisationWriting {
  func organisation(_ id: OrgID) throws -> Organisation? {
    try sql.first(Self.selectOrg + " WHERE org_id = $1", [.text(id.rawValue)], organisation)
  }

  func organisations() throws -> [Organisation] {
    try sql.all(Self.selectOrg + " ORDER BY created_at, org_id", [], organisation)
  }

  func installationValue(_ key: String) throws -> String? {
    try sql.first("SELECT value FROM installation WHERE key = $1", [.text(key)]) { $0.text(0) }
  }

  func setInstallationValue(_ key: String, to value: String?) throws {
    guard let value else {
      try sql.execute("DELETE FROM installation WHERE key = $1", [.text(key)])
      return
    }
    try sql.execute(
      """
      INSERT INTO installation (key, value) VALUES ($1, $2)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value
      """, [.text(key), .text(value)])
  }

  func save(_ organisation: Organisation) throws {
    let profile = organisation.profile
    try sql.execute(
      Self.upsertOrg,
      [
        .text(profile.orgID.rawValue), .text(organisation.mode.rawValue), .text(profile.name),
        .text(profile.legalName), .optional(profile.postalAddress), .text(profile.country),
        .text(profile.zone.identifier), .text(profile.currency.code), .text(profile.locale),
        .text(profile.windowStart), .text(profile.windowEnd),
        .text(profile.windowDays.map(String.init).joined(separator: ",")),
        .optional(organisation.sender?.rawValue), .optional(organisation.replyTo?.rawValue),
        .optional(organisation.smsSender?.e164), .text(organisation.smtp2goKey),
        .instant(organisation.createdAt),
      ])
    try saveLimits(organisation)
    try saveOutreachRules(organisation)
    try saveReminderRules(organisation)
    try saveSwitches(organisation)
    try saveBooks(organisation)
    try saveFinanceRules(organisation)
    for (key, value) in settings(organisation) {
      try sql.execute(
        """
        INSERT INTO settings (org_id, key, value) VALUES ($1, $2, $3)
        ON CONFLICT (org_id, key) DO UPDATE SET value = excluded.value
        """, [.text(profile.orgID.rawValue), .text(key), .text(value)])
    }
  }

  private static let columns = """
    org_id, mode, name, legal_name, postal_address, country, zone, currency, locale, \
    window_start, window_end, window_days, sender, reply_to, sms_sender, smtp2go_key, created_at
    """

  private static let selectOrg = "SELECT \(columns) FROM orgs"

  private static let upsertOrg = """
    INSERT INTO orgs (\(columns))
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
    ON CONFLICT (org_id) DO UPDATE SET mode = excluded.mode, name = excluded.name,
      legal_name = excluded.legal_name, postal_address = excluded.postal_address,
      country = excluded.country, zone = excluded.zone, currency = excluded.currency,
      locale = excluded.locale, window_start = excluded.window_start,
      window_end = excluded.window_end, window_days = excluded.window_days,
      sender = excluded.sender, reply_to = excluded.reply_to, sms_sender = excluded.sms_sender,
      smtp2go_key = excluded.smtp2go_key
    """

  private func settings(_ organisation: Organisation) -> [(String, String)] {
    [
      ("approval.undo_seconds", String(organisation.undoSeconds)),
      ("outreach.cooldown_email_ms", String(organisation.coolDowns.email.wholeMilliseconds)),
      ("outreach.cooldown_sms_ms", String(organisation.coolDowns.sms.wholeMilliseconds)),
      ("dunning.ladder", organisation.ladder.map(String.init).joined(separator: ",")),
    ]
  }

  private func organisation(_ row: any SQLRow) throws -> Organisation {
    var organisation = Organisation(
      profile: try profile(row), mode: OrgMode(rawValue: row.text(1)) ?? .sandbox,
      sender: try row.optionalText(12).map { try Mailbox($0) },
      replyTo: try row.optionalText(13).map { try Mailbox($0) },
      smsSender: try row.optionalText(14).map { try PhoneNumber(e164: $0) },
      smtp2goKey: row.text(15), createdAt: row.instant(16))
    try readParts(into: &organisation)
    return organisation
  }

  private func profile(_ row: any SQLRow) throws -> CompanyProfile {
    guard let org = OrgID(rawValue: row.text(0)), let zone = TimeZone(identifier: row.text(6)),
      let currency = Currency(code: row.text(7))
    else { throw StoreError(code: "corrupt", detail: "an org's id, zone or currency") }
    return CompanyProfile(
      orgID: org, name: row.text(2), legalName: row.text(3), postalAddress: row.optionalText(4),
      country: row.text(5), zone: zone, currency: currency, locale: row.text(8),
      windowStart: row.text(9), windowEnd: row.text(10),
      windowDays: row.text(11).split(separator: ",").compactMap { Int($0) })
  }

  private func readParts(into organisation: inout Organisation) throws {
    var parts = OrganisationParts()
    try sql.forEach(OrganisationParts.query, [.text(organisation.id.rawValue)]) {
      try parts.take($0)
    }
    organisation.identities = parts.identities
    for (key, value) in parts.settings {
      switch key {
      case "approval.undo_seconds": organisation.undoSeconds = Int(value) ?? 60
      case "outreach.cooldown_email_ms":
        organisation.coolDowns.email = .milliseconds(Int64(value) ?? 14_400_000)
      case "outreach.cooldown_sms_ms":
        organisation.coolDowns.sms = .milliseconds(Int64(value) ?? 21_600_000)
      case Self.confirmationSetting:
        organisation.confirmsPaymentsSince = Int64(value).map { Instant(milliseconds: $0) }
      case Self.taskNoticeSetting: organisation.notifiesTasks = value == "1"
      case Self.tellingSetting: organisation.tellsPersons = value == "1"
      case Self.policySetting: organisation.policyVersion = Int64(value)
      case "dunning.ladder":
        organisation.ladder = value.split(separator: ",").compactMap { Int($0) }
      default:
        organisation.reminders.read(key, value)
        organisation.limits.read(key, value)
        organisation.outreach.read(key, value)
        organisation.books.read(key, value)
        organisation.finance.read(key, value)
      }
    }
  }
}
