import ActionProtocol
import Addressing
import Engine

extension SyncedPartner {
  var record: SyncRecord {
    SyncRecord(
      id: id,
      values: [
        .optional(parent), .flag(isActive), .flag(isBlacklisted), .flag(neverRemind),
        .flag(isDisputed), .optional(user), .null, .text(parent == nil ? "partner" : "contact"),
        .text(name), .optional(email?.rawValue), .optional(phone?.e164), .optional(country),
        .optional(zone), .optional(language), .optional(role),
      ])
  }
}

extension SyncedInvoice {
  /// - Parameter day: on which the open amount is stated.
  func record(on day: SQLValue) -> SyncRecord {
    SyncRecord(
      id: id,
      values: [
        .integer(partner), .optional(issuedOn), .optional(dueOn), .integer(total.minorUnits),
        .integer(open.minorUnits), .integer(open.minorUnits), .null, .flag(isDisputed),
        .optional(company), .null, .text(number), .text(total.currency.code),
        .text(state.rawValue), .optional(paymentState),
      ], carried: [day])
  }
}

extension SyncedCredit {
  /// Its place in the ledger's table, which knows both sources.
  var key: Int64 { Self.key(source, id) }

  static func key(_ source: Source, _ id: Int64) -> Int64 {
    source == .payment ? id * 2 + 1 : id * 2
  }

  func record(_ asOf: Instant) -> SyncRecord {
    SyncRecord(
      id: key,
      values: [
        .integer(partner), .integer(amount.minorUnits), .day(on), .text(source.rawValue),
        .text(amount.currency.code),
      ], carried: [.instant(asOf)])
  }
}

extension SyncedDeal {
  var record: SyncRecord {
    SyncRecord(
      id: id,
      values: [
        .optional(partner), .integer(stage), .optional(value?.minorUnits), .optional(closesOn),
        .optional(activeOn), .optional(user), .optional(stageSince), .optional(company), .null,
        .optional(openedOn), .optional(closedOn), .text(name), .optional(value?.currency.code),
        .text(state.rawValue),
      ])
  }
}

extension SyncedTask {
  var record: SyncRecord {
    SyncRecord(
      id: id,
      values: [
        .integer(project), .integer(stage), .optional(dueOn), .optional(partner),
        .optional(user), .flag(isDone), .null, .text(name), .text(priority),
      ])
  }
}
