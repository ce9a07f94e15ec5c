import ActionProtocol
import Addressing
import Engine

extension LedgerTable {
  static let partners = LedgerTable(
    "partners", model: "res.partner", discriminator: "kind",
    integers: ["parent_id", "is_active", "is_blacklisted", "never_remind", "user_id"],
    texts: ["name", "email", "phone", "country", "zone", "language", "role"])
}

extension SQLTransaction {
  func upsertPartner(_ row: PartnerRow, _ org: OrgID, _ asOf: Instant) throws -> LedgerUpsert {
    let record = SourceRecord(
      discriminator: "partner", externalID: row.externalID,
      values: [
        .null, .flag(row.isActive), .flag(row.isBlacklisted), .flag(row.neverRemind),
        try user(named: row.salesperson, org), .text(row.name), .optional(row.email?.rawValue),
        .optional(row.phone?.e164),
        .optional(row.country), .optional(row.zone), .optional(row.language), .null,
      ])
    let held = try held(record, in: .partners, org)
    let (change, id) = try store(record, over: held, in: .partners, org, asOf: asOf)
    return LedgerUpsert(change, LedgerTouch(partnerID: PartnerID(rawValue: id)))
  }

  func upsertContact(_ row: ContactRow, _ org: OrgID, _ asOf: Instant) throws -> LedgerUpsert {
    let parent = try partner(named: row.partner, org)
    let record = SourceRecord(
      discriminator: "contact", externalID: row.externalID,
      values: [
        .integer(parent), .flag(true), .flag(false), .flag(false), .null, .text(row.name),
        .optional(row.email?.rawValue), .optional(row.phone?.e164), .null, .null, .null,
        .optional(row.role?.lowercased()),
      ])
    let held = try held(record, in: .partners, org)
    let (change, _) = try store(record, over: held, in: .partners, org, asOf: asOf)
    return LedgerUpsert(change, LedgerTouch(partnerID: PartnerID(rawValue: parent)))
  }

  /// The user that a source names as the one who looks after a record.
  func user(named name: String?, _ org: OrgID) throws -> SQLValue {
    try name.map { .integer(try ledgerUser(named: $0, org: org)) } ?? .null
  }
}
