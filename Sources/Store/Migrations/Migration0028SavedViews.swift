extension Migration {
  /// Views of the inbox that persons keep, and the way to approvals that can still be undone.
  static let savedViews = Migration(number: 28, name: "saved_views") { _ in
    [
      """
      CREATE TABLE inbox_views (
        org_id TEXT NOT NULL REFERENCES orgs (org_id),
        view_id TEXT NOT NULL CHECK (view_id <> ''),
        person_id TEXT NOT NULL CHECK (person_id <> ''),
        name TEXT NOT NULL CHECK (LENGTH(name) BETWEEN 1 AND 60),
        is_mine BIGINT NOT NULL CHECK (is_mine IN (0, 1)),
        with_snoozed BIGINT NOT NULL CHECK (with_snoozed IN (0, 1)),
        action_type TEXT,
        sort TEXT NOT NULL CHECK (sort IN ('newest', 'oldest')),
        created_at BIGINT NOT NULL,
        PRIMARY KEY (org_id, person_id, view_id),
        UNIQUE (org_id, person_id, name)
      )
      """,
      """
      CREATE INDEX actions_undoable ON actions (org_id, hold_until, action_id)
        WHERE status = 'approved' AND hold_reason = 'undo_window'
      """,
    ]
  }
}
