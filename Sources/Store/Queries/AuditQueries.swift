import ActionProtocol
import Decisions
import Engine

extension SQLTransaction: AuditReading, AuditWriting {
  func append(_ events: [AuditEvent], org: OrgID) throws {
    guard !events.isEmpty else { return }
    let first = try reserveNumbers(events.count, org) - Int64(events.count) + 1
    var leaves: [[SQLValue]] = []
    var slots: [[SQLValue]] = []
    for (sequence, event) in zip(first..., events) {
      let salts = event.personal.mapValues { _ in entropy.bytes(32) }
      let leaf = AuditLeaf(event, log: org.rawValue, sequence: sequence, at: now, salts: salts)
      leaves.append([
        .text(org.rawValue), .integer(sequence), .instant(now), .text(event.kind),
        .optional(event.actionID?.rawValue), .blob(leaf.bytes), .text(leaf.hash.hex),
      ])
      for (slot, payload) in event.personal {
        slots.append([
          .text(org.rawValue), .integer(sequence), .text(slot), .blob(payload),
          .blob(salts[slot] ?? []),
        ])
      }
    }
    try sql.enqueue(Self.insertEntry, each: leaves)
    try sql.enqueue(Self.insertSlot, each: slots)
  }

  private static let insertEntry = """
    INSERT INTO audit_entries (org_id, seq, at, kind, action_id, leaf, leaf_hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    """

  private static let insertSlot = """
    INSERT INTO audit_private (org_id, seq, slot, payload, salt) VALUES ($1, $2, $3, $4, $5)
    """

  /// Takes the next numbers of the org's log; the row stays locked until the transaction ends, so
  /// that numbers have no gaps and no two entries share one.
  /// - Returns: the last of them.
  private func reserveNumbers(_ count: Int, _ org: OrgID) throws -> Int64 {
    let values: [SQLValue] = [.integer(Int64(count)), .text(org.rawValue)]
    let last = try sql.first(
      "UPDATE audit_heads SET last_seq = last_seq + $1 WHERE org_id = $2 RETURNING last_seq", values
    ) { $0.integer(0) }
    if let last { return last }
    try sql.execute("INSERT INTO audit_heads (last_seq, org_id) VALUES ($1, $2)", values)
    return Int64(count)
  }

  func audit(
    _ org: OrgID, action: ActionID?, after sequence: Int64, limit: Int
  ) throws -> [AuditRecord] {
    let found: [AuditRecord]
    if let action {
      found = try sql.all(
        """
        SELECT seq, at, leaf, leaf_hash FROM audit_entries
        WHERE org_id = $1 AND action_id = $2 AND seq > $3 ORDER BY seq LIMIT $4
        """,
        [
          .text(org.rawValue), .text(action.rawValue), .integer(sequence),
          .integer(Int64(limit)),
        ], record)
    } else {
      found = try sql.all(
        """
        SELECT seq, at, leaf, leaf_hash FROM audit_entries
        WHERE org_id = $1 AND seq > $2 ORDER BY seq LIMIT $3
        """, [.text(org.rawValue), .integer(sequence), .integer(Int64(limit))], record)
    }
    return try found.map { try withPersonal($0, org) }
  }

  private func record(_ row: any SQLRow) throws -> AuditRecord {
    guard let hash = Digest(hex: row.text(3)) else {
      throw StoreError(code: "corrupt", detail: "the hash of an audit entry")
    }
    return AuditRecord(
      sequence: row.integer(0), at: row.instant(1), leaf: row.blob(2), hash: hash, personal: [:])
  }

  private func withPersonal(_ record: AuditRecord, _ org: OrgID) throws -> AuditRecord {
    var record = record
    let slots = try sql.all(
      "SELECT slot, payload FROM audit_private WHERE org_id = $1 AND seq = $2",
      [.text(org.rawValue), .integer(record.sequence)]
    ) { ($0.text(0), $0.blob(1)) }
    for (slot, payload) in slots { record.personal[slot] = payload }
    return record
  }
}
