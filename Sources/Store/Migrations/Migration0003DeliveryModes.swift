extension Migration {
  /// Every action belongs to the delivery mode it was proposed in, so that a rehearsal uses up nothing
  /// of what is live; action ids are unique over all orgs, because the operation that travels with a
  /// message names no org; a message counts for every customer and every scope that it touches.
  static let deliveryModes = Migration(number: 3, name: "delivery_modes") { _ in
    actionModes + liveRecordModes + uniqueIDs + counters
  }

  /// Earlier actions belong to the mode they were approved or called in, else to the one that their
  /// org last approved in; where nobody ever approved anything, to the sandbox. Approval and execution
  /// compare the mode again, so a wrong guess can only leave an action lying.
  private static let actionModes = [
    """
    ALTER TABLE actions ADD COLUMN delivery TEXT NOT NULL DEFAULT 'sandbox'
      CHECK (delivery IN ('sandbox', 'redirect', 'live'))
    """,
    """
    UPDATE actions SET delivery = COALESCE(
      approved_delivery,
      (SELECT attempts.delivery FROM attempts
       WHERE attempts.org_id = actions.org_id AND attempts.action_id = actions.action_id
       ORDER BY attempts.intent_at DESC LIMIT 1),
      (SELECT other.approved_delivery FROM actions AS other
       WHERE other.org_id = actions.org_id AND other.approved_delivery IS NOT NULL
       ORDER BY other.approved_at DESC LIMIT 1),
      'sandbox')
    """,
    "DROP INDEX actions_key",
    "DROP INDEX actions_by_key",
    "DROP INDEX actions_due",
    """
    CREATE UNIQUE INDEX actions_key ON actions (org_id, delivery, idempotency_key)
      WHERE status NOT IN ('rejected', 'expired', 'failed') OR calls > 0
    """,
    "CREATE INDEX actions_by_key ON actions (org_id, delivery, idempotency_key, created_at)",
    """
    CREATE INDEX actions_due ON actions (delivery, hold_until, action_id)
      WHERE status = 'approved'
    """,
  ]

  private static let liveRecordModes = [
    """
    CREATE TABLE live_records_by_mode (
      org_id TEXT NOT NULL,
      delivery TEXT NOT NULL,
      action_type TEXT NOT NULL,
      model TEXT NOT NULL,
      record_id BIGINT NOT NULL,
      action_id TEXT NOT NULL,
      PRIMARY KEY (org_id, delivery, action_type, model, record_id),
      FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id)
    )
    """,
    """
    INSERT INTO live_records_by_mode
      (org_id, delivery, action_type, model, record_id, action_id)
    SELECT live.org_id, actions.delivery, live.action_type, live.model, live.record_id,
      live.action_id
    FROM live_records AS live
    JOIN actions ON actions.org_id = live.org_id AND actions.action_id = live.action_id
    """,
    "DROP TABLE live_records",
    "ALTER TABLE live_records_by_mode RENAME TO live_records",
    "CREATE INDEX live_records_by_action ON live_records (org_id, action_id)",
  ]

  /// Two orgs that chose the same id before this rule keep their actions, told apart by `id_twin`.
  private static let uniqueIDs = [
    "ALTER TABLE actions ADD COLUMN id_twin BIGINT NOT NULL DEFAULT 0",
    "CREATE INDEX actions_by_id ON actions (action_id)",
    """
    UPDATE actions SET id_twin = (
      SELECT COUNT(*) FROM actions AS other
      WHERE other.action_id = actions.action_id AND other.org_id < actions.org_id)
    """,
    "DROP INDEX actions_by_id",
    "CREATE UNIQUE INDEX actions_id ON actions (action_id, id_twin)",
  ]

  /// The first customer and scope of a message stand in its row of `outreach`; further ones here, as
  /// `partner:<id>` and `scope:<key>`.
  private static let counters = [
    """
    CREATE TABLE outreach_counters (
      org_id TEXT NOT NULL,
      counter TEXT NOT NULL,
      channel TEXT NOT NULL,
      delivery TEXT NOT NULL,
      at BIGINT NOT NULL,
      action_id TEXT NOT NULL,
      revision BIGINT NOT NULL,
      call BIGINT NOT NULL,
      counts BIGINT NOT NULL DEFAULT 1 CHECK (counts IN (0, 1)),
      PRIMARY KEY (org_id, counter, delivery, at, action_id, revision, call)
    )
    """,
    "CREATE INDEX outreach_counters_by_call ON outreach_counters (org_id, action_id, revision, call)",
  ]
}
