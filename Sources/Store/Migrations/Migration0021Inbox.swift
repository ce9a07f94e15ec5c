extension Migration {
  /// What people say about actions, how actions stand in inboxes, and how decisions were made.
  static let inbox = Migration(number: 21, name: "inbox") { dialect in
    tables + appendOnly("remarks", "UPDATE", dialect)
  }

  private static let tables = [
    """
    CREATE TABLE remarks (
      org_id TEXT NOT NULL,
      action_id TEXT NOT NULL,
      number BIGINT NOT NULL CHECK (number > 0),
      kind TEXT NOT NULL CHECK (kind IN ('comment', 'question', 'answer')),
      by_whom TEXT NOT NULL,
      for_whom TEXT,
      words TEXT NOT NULL CHECK (words <> ''),
      revision BIGINT NOT NULL CHECK (revision > 0),
      at BIGINT NOT NULL,
      PRIMARY KEY (org_id, action_id, number),
      FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id),
      CHECK ((kind = 'question') = (for_whom IS NOT NULL))
    )
    """,
    """
    CREATE TABLE inbox_marks (
      org_id TEXT NOT NULL,
      action_id TEXT NOT NULL,
      revision BIGINT NOT NULL CHECK (revision > 0),
      snoozed_until BIGINT,
      assigned_to TEXT CHECK (assigned_to <> ''),
      has_question BIGINT NOT NULL CHECK (has_question IN (0, 1)),
      PRIMARY KEY (org_id, action_id),
      FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id)
    )
    """,
    "ALTER TABLE approval_entries ADD COLUMN considered_ms BIGINT CHECK (considered_ms >= 0)",
    """
    ALTER TABLE approval_entries ADD COLUMN together BIGINT NOT NULL DEFAULT 1
      CHECK (together > 0)
    """,
    "CREATE INDEX approval_entries_by_time ON approval_entries (org_id, at)",
  ]
}
