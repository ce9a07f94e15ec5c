extension Migration {
  /// What was written to books outside of this database, with what stood there before.
  static let booksWrites = Migration(number: 16, name: "books_writes") { _ in
    [
      """
      CREATE TABLE books_writes (
        org_id TEXT NOT NULL,
        action_id TEXT NOT NULL,
        revision BIGINT NOT NULL,
        call BIGINT NOT NULL,
        before_values TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('intended', 'written', 'undoing', 'undone')),
        record TEXT,
        undone_by TEXT,
        undone_at BIGINT,
        PRIMARY KEY (org_id, action_id, revision, call),
        FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id)
      )
      """
    ]
  }
}
