extension Migration {
  /// What an action writes on its way is less: its stages stand in its attempt, a message that is sent
  /// changes no index, and a key has one entry. And each index fits one question alone, so that no
  /// planner takes another one that has to be read through.
  static let fewerWrites = Migration(number: 15, name: "fewer_writes") { dialect in
    stages + messages(dialect) + keys + documents(dialect)
  }

  /// Of a call that was accepted at the first answer. Others, and older ones, are in `stages`.
  private static let stages = ["ALTER TABLE attempts ADD COLUMN stages TEXT"]

  /// Whether a message counts is a column of its own: `state` goes from reserved to sent as well, which
  /// changes nothing that an index knows. Each index names its own column in its condition: a question
  /// that does not ask for that column cannot use it.
  private static func messages(_ dialect: SQLDialect) -> [String] {
    [
      """
      ALTER TABLE outreach ADD COLUMN counts BIGINT NOT NULL DEFAULT 1 CHECK (counts IN (0, 1))
      """,
      "UPDATE outreach SET counts = 0 WHERE state = 'released'",
      "DROP INDEX outreach_by_partner",
      "DROP INDEX outreach_by_scope",
      "DROP INDEX outreach_by_org",
      """
      CREATE INDEX outreach_by_partner ON outreach (org_id, partner_id, channel, delivery, at)
        WHERE counts = 1 AND partner_id IS NOT NULL
      """,
      """
      CREATE INDEX outreach_by_scope ON outreach (org_id, scope, delivery, at)
        WHERE counts = 1 AND scope IS NOT NULL
      """,
      """
      CREATE INDEX outreach_by_org ON outreach (org_id, channel, delivery, audience, at)
        WHERE counts = 1 AND audience IS NOT NULL
      """,
    ]
      // Room for the row that replaces one beside it.
      + (dialect == .postgresql ? ["ALTER TABLE outreach SET (fillfactor = 50)"] : [])
  }

  /// Documents are read at each execution: what is packed by lz4 is unpacked in a fraction of the time.
  /// A server that was built without it goes on as before.
  private static func documents(_ dialect: SQLDialect) -> [String] {
    guard dialect == .postgresql else { return [] }
    return [
      """
      DO $$ BEGIN
        ALTER TABLE action_revisions ALTER COLUMN document SET COMPRESSION lz4;
      EXCEPTION WHEN feature_not_supported THEN NULL;
      END $$
      """
    ]
  }

  /// A key that is held stands in `actions_key`; the others here.
  private static let keys = [
    "DROP INDEX actions_by_key",
    """
    CREATE INDEX actions_by_key ON actions (org_id, delivery, idempotency_key, created_at)
      WHERE holds_key = 0
    """,
  ]
}
