import ActionProtocol
import Engine

extension SQLTransaction: BooksWriteReading, BooksWriteWriting {
  func booksWrite(_ org: OrgID, _ operation: OperationID) throws -> BooksWrite? {
    try sql.first(
      Self.selectBooksWrite
        + " WHERE org_id = $1 AND action_id = $2 AND revision = $3 AND call = $4",
      names(org, operation), booksWrite)
  }

  func booksWrites(_ org: OrgID, of id: ActionID) throws -> [BooksWrite] {
    try sql.all(
      Self.selectBooksWrite + " WHERE org_id = $1 AND action_id = $2 ORDER BY revision, call",
      [.text(org.rawValue), .text(id.rawValue)], booksWrite)
  }

  func save(_ write: BooksWrite) throws {
    let before = String(decoding: CanonicalJSON.encode(.object(write.before)), as: UTF8.self)
    try sql.execute(
      """
      INSERT INTO books_writes (org_id, action_id, revision, call, before_values, state, record,
        undone_by, undone_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (org_id, action_id, revision, call) DO UPDATE SET state = excluded.state,
        record = excluded.record, undone_by = excluded.undone_by, undone_at = excluded.undone_at
      """,
      names(write.org, write.operation) + [
        .text(before), .text(write.state.rawValue), .optional(write.record),
        .optional(write.undoneBy?.rawValue), .optional(write.undoneAt),
      ])
  }

  private static let selectBooksWrite = """
    SELECT org_id, action_id, revision, call, before_values, state, record, undone_by, undone_at
    FROM books_writes
    """

  private func booksWrite(_ row: any SQLRow) throws -> BooksWrite {
    guard let org = OrgID(rawValue: row.text(0)), let action = ActionID(rawValue: row.text(1)),
      let state = BooksWrite.State(rawValue: row.text(5)),
      case .success(.object(let before)) = JSONReader.read(Array(row.text(4).utf8))
    else { throw StoreError(code: "corrupt", detail: "a column of a change outside") }
    var write = BooksWrite(
      org: org,
      operation: OperationID(
        action: action, revision: Int(row.integer(2)), call: Int(row.integer(3))),
      before: before)
    write.state = state
    write.record = row.optionalText(6)
    write.undoneBy = row.optionalText(7).flatMap { Author(rawValue: $0) }
    write.undoneAt = row.optionalInstant(8)
    return write
  }
}
