extension Migration {
  /// Which action confirms which payments, so that none is thanked for twice; and tasks as they are looked
  /// at.
  static let confirmations = Migration(number: 24, name: "confirmations") { dialect in
    [
      """
      CREATE TABLE payment_confirmations (
        org_id TEXT NOT NULL,
        payment_id BIGINT NOT NULL CHECK (payment_id > 0),
        action_id TEXT NOT NULL,
        PRIMARY KEY (org_id, payment_id, action_id),
        FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id)
      )\(dialect == .sqlite ? " WITHOUT ROWID" : "")
      """,
      "CREATE INDEX settlements_by_news ON settlements (org_id, known_since)",
      "CREATE INDEX tasks_open ON tasks (org_id, id) WHERE is_done = 0",
      "CREATE INDEX deals_open ON deals (org_id, id) WHERE state = 'open'",
      "CREATE INDEX tasks_by_project ON tasks (org_id, project_id)",
    ]
  }
}
