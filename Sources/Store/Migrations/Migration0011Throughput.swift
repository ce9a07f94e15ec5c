extension Migration {
  /// Whether an action holds its key is a column of its own. As a condition on status and calls it
  /// made the longest index be written anew at every step of an action's life.
  static let throughput = Migration(number: 11, name: "throughput") { _ in
    [
      """
      ALTER TABLE actions ADD COLUMN holds_key BIGINT NOT NULL DEFAULT 1
        CHECK (holds_key IN (0, 1))
      """,
      """
      UPDATE actions SET holds_key = 0
      WHERE status IN ('rejected', 'expired', 'failed') AND calls = 0
      """,
      "DROP INDEX actions_key",
      // As before: a key is taken while its action lives or was completed, and for ever once an intent
      // was written; one that ended before any intent gives it back.
      """
      CREATE UNIQUE INDEX actions_key ON actions (org_id, delivery, idempotency_key)
        WHERE holds_key = 1
      """,
    ]
  }
}
