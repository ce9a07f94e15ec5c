import ActionProtocol
import Decisions
import Insights

/// Changes to the holds of collections, each with its audit entry in the same transaction. A person's
/// words stand in a personal slot, so that they can be erased without breaking the proof.
struct CollectionHoldBook {
  let store: any StoreTransaction
  let organisation: Organisation

  func add(_ hold: CollectionHold, via: String) throws {
    let end = hold.lastDay.map {
      WallClock.instant($0.adding(days: 1), minutes: 0, in: organisation.profile.zone)
    }
    try store.insert(hold, org: organisation.id, at: store.now, endsAt: end)
    try append("hold.added", hold, hold.setBy, via, hold.note)
  }

  /// - Returns: the hold as it is then; nil where it was ended before.
  func end(
    _ hold: CollectionHold, by author: Author, via: String, note: String
  ) throws -> CollectionHold? {
    let today = organisation.day(store.now)
    guard
      try store.endCollectionHold(
        organisation.id, hold.id, at: store.now, on: today, by: author)
    else { return nil }
    try append("hold.ended", hold, author, via, note)
    var ended = hold
    ended.endedOn = today
    return ended
  }

  private func append(
    _ kind: String, _ hold: CollectionHold, _ author: Author, _ via: String, _ note: String?
  ) throws {
    try store.append(
      [
        AuditEvent(
          kind: kind, actor: author.rawValue, via: via, subject: "hold:\(hold.id)",
          details: hold.details, personal: note.map { ["reason": Array($0.utf8)] } ?? [:])
      ], org: organisation.id)
  }
}

extension CollectionHold {
  /// For the audit trail, without anybody's words.
  fileprivate var details: JSONObject {
    var details: JSONObject = [
      "kind": .string(kind.rawValue), "partner": .integer(subject.partner.rawValue),
    ]
    if let invoice = subject.invoice { details["invoice"] = .integer(invoice) }
    if let lastDay { details["last_day"] = .string(lastDay.iso) }
    if let promise {
      details["amount"] = .string(promise.amount.decimalText)
      details["currency"] = .string(promise.amount.currency.code)
      details["promised_by"] = .string(promise.due.iso)
      details["grace_days"] = .integer(Int64(promise.graceDays))
    }
    return details
  }
}
