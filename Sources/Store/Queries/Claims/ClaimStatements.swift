/// What a claim asks, as tests look at the plans of it.
enum ClaimStatements {
  /// Behind an org's id, and before every longer one: ids have no such character.
  static let behind = "\u{1}"
  /// Behind every org's id, as bytes and as PostgreSQL's "C".
  static let end = "\u{10FFFF}"

  /// Steps from org to org and from operation to operation through one index, a look each, and asks
  /// for each priority, however long a lane is. `$1` delivery, `$2` first org, `$3` last org, `$4` how
  /// many orgs.
  ///
  /// Each look has the order of the index: without it a planner may find the same by the order of ids,
  /// through all that is finished.
  static let lanes = """
    WITH RECURSIVE priorities (priority) AS (VALUES (0), (1), (2), (3)), orgs (org_id) AS (
      SELECT \(first("org_id", "a.org_id >= $2 AND a.org_id <= $3"))
      UNION ALL
      SELECT \(first("org_id", "a.org_id > orgs.org_id AND a.org_id <= $3"))
      FROM orgs WHERE orgs.org_id IS NOT NULL
    ), chosen (org_id) AS (
      SELECT org_id FROM orgs WHERE org_id IS NOT NULL LIMIT $4
    ), operations (org_id, operation) AS (
      SELECT org_id, \(first("operation", ofChosen)) FROM chosen
      UNION ALL
      SELECT org_id, \(first("operation", behindOperation))
      FROM operations WHERE operation IS NOT NULL
    )
    SELECT org_id, operation, priority FROM operations CROSS JOIN priorities
    WHERE operation IS NOT NULL AND \(first("org_id", ofLane)) IS NOT NULL
    ORDER BY org_id, operation, priority
    """

  private static let ofChosen = "a.org_id = chosen.org_id"
  private static let behindOperation =
    "a.org_id = operations.org_id AND a.operation > operations.operation"
  private static let ofLane =
    "a.org_id = operations.org_id AND a.operation = operations.operation "
    + "AND a.priority = priorities.priority"

  /// A column of the first approved action of a delivery mode, in the order of the index.
  private static func first(_ column: String, _ condition: String) -> String {
    """
    (SELECT a.\(column) FROM actions AS a
       WHERE a.status = 'approved' AND a.delivery = $1 AND \(condition)
       ORDER BY a.org_id, a.operation, a.priority, a.hold_until LIMIT 1)
    """
  }

  /// The first of a lane that nothing ever held, and the first of those whose hold is over: two
  /// beginnings of one index. No hold is earlier than 0; said as a range, it keeps a planner from the
  /// order of ids. `$1` delivery, `$2` org, `$3` operation, `$4` priority, `$5` how many,
  /// `$6` now.
  static let due = """
    SELECT * FROM (\(ActionColumns.select)
      WHERE status = 'approved' AND delivery = $1 AND org_id = $2 AND operation = $3
        AND priority = $4 AND hold_until <= 0
      ORDER BY hold_until, action_id LIMIT $5) AS fresh
    UNION ALL
    SELECT * FROM (\(ActionColumns.select)
      WHERE status = 'approved' AND delivery = $1 AND org_id = $2 AND operation = $3
        AND priority = $4 AND hold_until > 0 AND hold_until <= $6
      ORDER BY hold_until, action_id LIMIT $5) AS released
    """

  /// Settings that are not the standard, pauses, and buckets in debt: few rows, through indexes.
  /// `$1` pauses that end later, `$2` buckets in debt beyond.
  static let terms = """
    SELECT org_id, 'setting', key, value, 0, 0 FROM settings
    WHERE key IN ('claims.weight', 'limit.email', 'limit.sms')
    UNION ALL
    SELECT org_id, 'pause', channel, reason, until, since FROM channel_pauses WHERE until > $1
    UNION ALL
    SELECT org_id, 'rate', channel, '', arrival, 0 FROM channel_rates WHERE arrival > $2
    """

  static let waiting = """
    SELECT operation, COUNT(*) FROM actions
    WHERE status = 'approved' AND delivery = $1 AND org_id = $2 AND hold_until <= $3
    GROUP BY operation
    """

  static let openBucket = """
    INSERT INTO channel_rates (org_id, channel, arrival) VALUES ($1, $2, 0)
    ON CONFLICT (org_id, channel) DO NOTHING
    """

  static let takeToken = """
    UPDATE channel_rates SET arrival = CASE WHEN arrival > $1 THEN arrival ELSE $1 END + $2
    WHERE org_id = $3 AND channel = $4 AND arrival <= $5
    """

  static let bucket = "SELECT arrival FROM channel_rates WHERE org_id = $1 AND channel = $2"
}
