import ActionProtocol
import Addressing
import Engine
import Foundation
import Odoo

/// What a record of Odoo is in the ledger. Pure: the same record gives the same row.
struct OdooMapping: Sendable {
  let facts: OdooBooksFacts

  /// - Throws: why the record cannot stand in the ledger.
  func row(_ kind: SyncKind, _ record: OdooRecord) throws(OdooLeftOut) -> SyncedRow {
    switch kind {
    case .companies, .users, .taskStages, .projects: .name(kind, name(record))
    case .dealStages: .name(kind, name(record, isWon: record.flag("is_won") ?? false))
    case .partners: .partner(partner(record))
    case .invoices: try move(record)
    case .payments: .credit(try payment(record))
    case .deals: .deal(try deal(record))
    case .tasks: .task(try task(record))
    case .messages: .message(try message(record))
    }
  }

  private func name(_ record: OdooRecord, isWon: Bool = false) -> SyncedName {
    SyncedName(
      id: record.id64, name: record.line("name") ?? "\(record.model) \(record.id)", isWon: isWon)
  }

  // MARK: - Partners

  /// The commercial partner is the customer; everybody below it is a contact of it.
  func partner(_ record: OdooRecord) -> SyncedPartner {
    let top = record.id("commercial_partner_id") ?? record.id("parent_id") ?? record.id64
    let country = record.link("country_id").flatMap { facts.countries[$0.id] }
    let tags = Set(record.links("category_id") ?? [])
    return SyncedPartner(
      id: record.id64, parent: top == record.id64 ? nil : top,
      name: record.line("name") ?? record.link("parent_id")?.name ?? "Partner \(record.id)",
      email: email(record), phone: phone(record, country), country: country,
      zone: record.text("tz").flatMap { TimeZone(identifier: $0)?.identifier },
      language: record.line("lang").map(Self.language),
      role: record.text("type") == "invoice" ? "billing" : nil, user: record.id("user_id"),
      isActive: record.flag("active") ?? true,
      isBlacklisted: record.flag("is_blacklisted") ?? false,
      neverRemind: !tags.isDisjoint(with: facts.neverRemindTags),
      isDisputed: !tags.isDisjoint(with: facts.disputeTags))
  }

  /// As Odoo parsed it: the first of the addresses in the field.
  private func email(_ record: OdooRecord) -> EmailAddress? {
    [record.line("email_normalized"), record.line("email")].lazy.compactMap { $0 }
      .compactMap { try? EmailAddress($0) }.first
  }

  private func phone(_ record: OdooRecord, _ country: String?) -> PhoneNumber? {
    [record.line("phone"), record.line("mobile")].lazy.compactMap { $0 }
      .compactMap { try? PhoneNumber($0, country: country) }.first
  }

  /// `pt-BR` of `pt_BR`, `sr` of `sr@latin`.
  static func language(_ code: String) -> String {
    String(code.prefix { $0 != "@" && $0 != "." }).replacing("_", with: "-")
  }

  // MARK: - Messages

  func message(_ record: OdooRecord) throws(OdooLeftOut) -> SyncedMessage {
    guard let model = record.line("model"), let id = record.integer("res_id"), id > 0,
      let at = record.instant("create_date")
    else { throw .recordMissing }
    return SyncedMessage(
      id: record.id64, record: ActionProtocol.RecordReference(model: model, id: Int64(id)),
      author: record.id("author_id"), at: at,
      isAutomatic: AutomaticAnswer.isLikely(
        subject: record.line("subject"), from: record.line("email_from"),
        type: record.text("message_type")))
  }
}
