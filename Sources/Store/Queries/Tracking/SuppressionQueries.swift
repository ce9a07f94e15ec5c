import ActionProtocol
import Decisions
import Engine

extension SQLTransaction: TrackingReading, TrackingWriting {
  func insert(_ suppression: Suppression) throws -> SuppressionInsert {
    if let known = try same(suppression) {
      guard suppression.outlasts(known) else { return .known }
      if known.isActive(at: suppression.createdAt) {
        try set(suppression.org, known.id, end: suppression.expiresAt)
        return .prolonged
      }
      // One that had ended begins anew: since when it binds is what reviews are compared with.
      _ = try removeSuppression(known.org, known.id, at: suppression.createdAt)
    }
    try sql.execute(
      """
      INSERT INTO suppressions (org_id, suppression_id, channel, address, scope, reason, source,
        created_at, expires_at, evidence, address_text)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """,
      [
        .text(suppression.org.rawValue), .text(suppression.id),
        .text(suppression.channel.rawValue), .text(suppression.address.hex),
        .text(suppression.scope.rawValue), .text(suppression.reason.rawValue),
        .text(suppression.source), .instant(suppression.createdAt),
        .optional(suppression.expiresAt), .optional(suppression.evidence),
        .optional(suppression.addressText),
      ])
    return .added
  }

  func setEnd(_ org: OrgID, suppression id: String, at end: Instant) throws {
    try set(org, id, end: end)
  }

  func removeSuppression(_ org: OrgID, _ id: String, at: Instant) throws -> Bool {
    try sql.execute(
      """
      UPDATE suppressions SET removed_at = $1, address_text = NULL
      WHERE org_id = $2 AND suppression_id = $3 AND removed_at IS NULL
      """, [.instant(at), .text(org.rawValue), .text(id)]) == 1
  }

  func suppressions(
    _ org: OrgID, _ channel: OutreachChannel, of addresses: [Digest], at now: Instant
  ) throws -> [Suppression] {
    var found: [Suppression] = []
    var start = 0
    while start < addresses.count {
      let part = addresses[start..<min(start + Self.mostAddresses, addresses.count)]
      found += try suppressions(org, channel, among: Array(part), now)
      start += part.count
    }
    return found.sorted { $0.id < $1.id }
  }

  /// What binds now for each question: for most batches one statement for all of them.
  func suppressions(_ questions: [OutreachQuestion]) throws -> [[Suppression]] {
    var asked: [SuppressionShape: [(question: Int, arguments: [SQLValue])]] = [:]
    for (index, question) in questions.enumerated() {
      let addresses = question.addresses + question.domains
      for start in stride(from: 0, to: addresses.count, by: Self.mostAddresses) {
        let part = Array(addresses[start..<min(start + Self.mostAddresses, addresses.count)])
        let shape = SuppressionShape(question.channel, part.count)
        asked[shape, default: []].append(
          (index, shape.arguments(question.org, now, part)))
      }
    }
    var found = [[Suppression]](repeating: [], count: questions.count)
    for (shape, asked) in asked {
      try sql.forEach(shape.query, each: asked.map(\.arguments)) { index, row in
        found[asked[index].question].append(try suppression(row))
      }
    }
    return found.map { $0.sorted { $0.id < $1.id } }
  }

  private static let mostAddresses = 64

  private func suppressions(
    _ org: OrgID, _ channel: OutreachChannel, among addresses: [Digest], _ now: Instant
  ) throws -> [Suppression] {
    let shape = SuppressionShape(channel, addresses.count)
    return try sql.all(shape.query, shape.arguments(org, now, addresses), suppression)
  }

  /// One statement, which seeks once per address. Their number is rounded up, so that few statements
  /// have to be prepared.
  private struct SuppressionShape: Hashable {
    let channel: OutreachChannel
    let places: Int

    /// - Parameter count: of the addresses, at least one.
    init(_ channel: OutreachChannel, _ count: Int) {
      var places = 2
      while places < count { places *= 2 }
      (self.channel, self.places) = (channel, places)
    }

    /// The channel is part of the text: as a parameter it would decide whether the partial index of
    /// what is to be pushed fits, and SQLite would prepare the statement anew at every call.
    var query: String {
      let marks = (0..<places).map { "$\($0 + 3)" }.joined(separator: ", ")
      return SQLTransaction.selectSuppression
        + """
         WHERE org_id = $1 AND channel = '\(channel.rawValue)' AND removed_at IS NULL
          AND (expires_at IS NULL OR expires_at > $2) AND address IN (\(marks))
        """
    }

    func arguments(_ org: OrgID, _ now: Instant, _ addresses: [Digest]) -> [SQLValue] {
      let padding = Array(
        repeating: addresses[addresses.count - 1], count: places - addresses.count)
      return [.text(org.rawValue), .instant(now)] + (addresses + padding).map { .text($0.hex) }
    }
  }

  func suppressions(
    _ org: OrgID, at now: Instant, after id: String?, limit: Int
  ) throws -> [Suppression] {
    try sql.all(
      Self.selectSuppression
        + """
         WHERE org_id = $1 AND suppression_id > $2 AND removed_at IS NULL
          AND (expires_at IS NULL OR expires_at > $3)
        ORDER BY suppression_id LIMIT $4
        """,
      [
        .text(org.rawValue), .text(id ?? ""), .instant(now), .integer(Int64(limit)),
      ], suppression)
  }

  func suppressionsToPush(_ org: OrgID, limit: Int) throws -> [Suppression] {
    try sql.all(
      Self.selectSuppression
        + """
         WHERE org_id = $1 AND channel = 'email' AND scope = 'all' AND expires_at IS NULL
          AND pushed_at IS NULL AND removed_at IS NULL AND address_text IS NOT NULL
        ORDER BY suppression_id LIMIT $2
        """, [.text(org.rawValue), .integer(Int64(limit))], suppression)
  }

  func suppression(_ org: OrgID, _ id: String) throws -> Suppression? {
    try sql.first(
      Self.selectSuppression
        + " WHERE org_id = $1 AND suppression_id = $2 AND removed_at IS NULL",
      [.text(org.rawValue), .text(id)], suppression)
  }

  /// The one of the same address, scope and reason, also where it has expired.
  private func same(_ wanted: Suppression) throws -> Suppression? {
    try sql.first(
      Self.selectSuppression
        + """
         WHERE org_id = $1 AND channel = $2 AND address = $3 AND scope = $4 AND reason = $5
          AND removed_at IS NULL
        """,
      [
        .text(wanted.org.rawValue), .text(wanted.channel.rawValue), .text(wanted.address.hex),
        .text(wanted.scope.rawValue), .text(wanted.reason.rawValue),
      ], suppression)
  }

  private func set(_ org: OrgID, _ id: String, end: Instant?) throws {
    try sql.execute(
      "UPDATE suppressions SET expires_at = $1 WHERE org_id = $2 AND suppression_id = $3",
      [.optional(end), .text(org.rawValue), .text(id)])
  }

  static let selectSuppression = """
    SELECT org_id, suppression_id, channel, address, scope, reason, source, created_at, expires_at,
      evidence, address_text
    FROM suppressions
    """

  func suppression(_ row: any SQLRow) throws -> Suppression {
    guard let org = OrgID(rawValue: row.text(0)),
      let channel = OutreachChannel(rawValue: row.text(2)), let address = Digest(hex: row.text(3)),
      let reason = Suppression.Reason(rawValue: row.text(5))
    else { throw StoreError(code: "corrupt", detail: "a column of a suppression") }
    return Suppression(
      org: org, id: row.text(1), channel: channel, address: address,
      scope: Suppression.Scope(rawValue: row.text(4)), reason: reason, source: row.text(6),
      createdAt: row.instant(7), expiresAt: row.optionalInstant(8),
      evidence: row.optionalText(9), addressText: row.optionalText(10))
  }
}

extension Suppression {
  /// Whether it binds longer than another one.
  fileprivate func outlasts(_ other: Suppression) -> Bool {
    guard let end = other.expiresAt else { return false }
    return expiresAt.map { $0 > end } ?? true
  }
}
