import ActionProtocol
import Engine

extension SQLTransaction: StopReading, StopWriting {
  func stopBoard() throws -> StopBoard {
    let board = try sql.first("SELECT number, scopes FROM stop_board WHERE id = 1") { row in
      StopBoard(number: row.integer(0), scopes: try Self.scopes(row.text(1)))
    }
    guard let board else { throw Self.noBoard }
    return board
  }

  /// SQLite: the writer's lock keeps every stop out. PostgreSQL: the row is locked against the change
  /// that a stop begins with.
  func holdStopBoard() throws -> StopStanding {
    let standing = try sql.first(
      sql.dialect == .sqlite ? Self.standing : Self.standing + " FOR SHARE OF b"
    ) { row in
      StopStanding(
        board: StopBoard(number: row.integer(0), scopes: try Self.scopes(row.text(1))),
        auditTotal: row.integer(2))
    }
    guard let standing else { throw Self.noBoard }
    return standing
  }

  private static let standing = """
    SELECT b.number, b.scopes,
      (SELECT CAST(COALESCE(SUM(last_seq), 0) AS BIGINT) FROM audit_heads)
    FROM stop_board AS b WHERE b.id = 1
    """

  func stops() throws -> [Stop] {
    try sql.all(
      """
      SELECT scope, number, at, stopped_by, via, reason, cause, known_until FROM stops
      ORDER BY scope <> '*', scope
      """
    ) { row in
      guard let scope = StopScope(rawValue: row.text(0)), let by = Author(rawValue: row.text(3)),
        let cause = Stop.Cause(rawValue: row.text(6))
      else { throw StoreError(code: "corrupt", detail: "a stop's scope, author or cause") }
      return Stop(
        scope: scope, number: row.integer(1), at: row.instant(2), by: by, via: row.text(4),
        reason: row.text(5), cause: cause, knownUntil: row.optionalInstant(7))
    }
  }

  func stopAcknowledgements() throws -> [StopAcknowledgement] {
    try sql.all(
      "SELECT boot_id, number, in_flight, at FROM stop_acknowledgements ORDER BY boot_id"
    ) { row in
      StopAcknowledgement(
        boot: BootID(row.text(0)), number: row.integer(1),
        inFlight: row.text(2).split(separator: "\n").compactMap {
          OperationEcho.read(String($0))
        }, at: row.instant(3))
    }
  }

  func auditTotal() throws -> Int64 {
    try sql.first("SELECT CAST(COALESCE(SUM(last_seq), 0) AS BIGINT) FROM audit_heads") {
      $0.integer(0)
    } ?? 0
  }

  /// The last entry of each org by its number, not the whole table.
  func lastAuditAt() throws -> Instant? {
    try sql.all(
      """
      SELECT e.at FROM audit_heads AS h
      JOIN audit_entries AS e ON e.org_id = h.org_id AND e.seq = h.last_seq
      """
    ) { $0.instant(0) }.max()
  }

  func put(_ stop: Stop) throws -> Stop {
    var stop = stop
    stop.number = try changeBoard()
    try sql.execute("DELETE FROM stops WHERE scope = $1", [.text(stop.scope.rawValue)])
    try sql.execute(
      """
      INSERT INTO stops (scope, number, at, stopped_by, via, reason, cause, known_until)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """,
      [
        .text(stop.scope.rawValue), .integer(stop.number), .instant(stop.at),
        .text(stop.by.rawValue), .text(stop.via), .text(stop.reason), .text(stop.cause.rawValue),
        .optional(stop.knownUntil),
      ])
    try writeScopes()
    return stop
  }

  func lift(_ scope: StopScope) throws -> Bool {
    _ = try changeBoard()
    let lifted = try sql.execute("DELETE FROM stops WHERE scope = $1", [.text(scope.rawValue)])
    try writeScopes()
    return lifted > 0
  }

  func acknowledge(_ acknowledgement: StopAcknowledgement) throws {
    try sql.execute(
      """
      INSERT INTO stop_acknowledgements (boot_id, number, in_flight, at)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT (boot_id) DO UPDATE SET
        number = excluded.number, in_flight = excluded.in_flight, at = excluded.at
      """,
      [
        .text(acknowledgement.boot.rawValue), .integer(acknowledgement.number),
        .text(acknowledgement.inFlight.map(\.rawValue).joined(separator: "\n")),
        .instant(acknowledgement.at),
      ])
  }

  /// The first statement of every change: on PostgreSQL it waits for the transactions that hold the
  /// board, and the words of processes that have ended go.
  private func changeBoard() throws -> Int64 {
    let number = try sql.first(
      "UPDATE stop_board SET number = number + 1 WHERE id = 1 RETURNING number"
    ) { $0.integer(0) }
    guard let number else { throw Self.noBoard }
    try sql.execute(
      """
      DELETE FROM stop_acknowledgements
      WHERE boot_id IN (SELECT boot_id FROM boots WHERE ended_at IS NOT NULL)
      """, [])
    return number
  }

  private func writeScopes() throws {
    let scopes = try sql.all("SELECT scope FROM stops ORDER BY scope") { $0.text(0) }
    try sql.execute(
      "UPDATE stop_board SET scopes = $1 WHERE id = 1",
      [.text(scopes.joined(separator: "\n"))])
  }

  private static func scopes(_ text: String) throws -> Set<StopScope> {
    guard !text.isEmpty else { return [] }
    return Set(
      try text.split(separator: "\n").map { word in
        guard let scope = StopScope(rawValue: String(word)) else {
          throw StoreError(code: "corrupt", detail: "a stop's scope")
        }
        return scope
      })
  }

  private static var noBoard: StoreError {
    StoreError(code: "corrupt", detail: "the row of stops is missing")
  }
}
