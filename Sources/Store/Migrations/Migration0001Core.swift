extension Migration {
  /// Orgs, actions, attempts, outreach, audit, processes and timers.
  static let core = Migration(number: 1, name: "core") { dialect in
    installation + actions(dialect) + execution + outreach + audit(dialect) + processes
      + auditTriggers(dialect)
  }

  private static let installation = [
    """
    CREATE TABLE installation (
      key TEXT NOT NULL PRIMARY KEY,
      value TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE orgs (
      org_id TEXT NOT NULL PRIMARY KEY CHECK (org_id <> ''),
      mode TEXT NOT NULL CHECK (mode IN ('sandbox', 'live')),
      name TEXT NOT NULL,
      legal_name TEXT NOT NULL,
      postal_address TEXT,
      country TEXT NOT NULL,
      zone TEXT NOT NULL,
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      locale TEXT NOT NULL,
      window_start TEXT NOT NULL,
      window_end TEXT NOT NULL,
      window_days TEXT NOT NULL,
      sender TEXT,
      reply_to TEXT,
      sms_sender TEXT,
      smtp2go_key TEXT NOT NULL,
      created_at BIGINT NOT NULL
    )
    """,
    """
    CREATE TABLE settings (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (org_id, key)
    )
    """,
  ]

  private static func actions(_ dialect: SQLDialect) -> [String] {
    [
      """
      CREATE TABLE actions (
        org_id TEXT NOT NULL REFERENCES orgs (org_id),
        action_id TEXT NOT NULL,
        action_type TEXT NOT NULL,
        operation TEXT NOT NULL,
        risk TEXT NOT NULL CHECK (risk IN ('low', 'medium', 'high', 'critical')),
        status TEXT NOT NULL CHECK (status IN ('pending_approval', 'approved', 'rejected',
          'executing', 'completed', 'failed', 'expired')),
        hold_reason TEXT,
        hold_until BIGINT NOT NULL DEFAULT 0,
        revision BIGINT NOT NULL CHECK (revision > 0),
        digest TEXT NOT NULL,
        proposal_digest TEXT NOT NULL,
        idempotency_key TEXT NOT NULL,
        partner_id BIGINT,
        title TEXT NOT NULL,
        created_by TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        execute_by BIGINT,
        approved_by TEXT,
        approved_at BIGINT,
        approved_delivery TEXT,
        rejected_by TEXT,
        rejected_at BIGINT,
        rejection_reason TEXT,
        quiet_until BIGINT,
        claim_boot TEXT,
        claim_token BIGINT,
        last_token BIGINT NOT NULL DEFAULT 0,
        attempts BIGINT NOT NULL DEFAULT 0,
        calls BIGINT NOT NULL DEFAULT 0,
        provider_id TEXT,
        error_code TEXT,
        error_message TEXT,
        warnings TEXT,
        executed_at BIGINT,
        duration_ms BIGINT,
        facts TEXT,
        facts_confirmed BIGINT NOT NULL DEFAULT 0,
        PRIMARY KEY (org_id, action_id),
        CHECK (status <> 'approved' OR approved_at IS NOT NULL),
        CHECK (status <> 'approved' OR execute_by IS NOT NULL),
        CHECK (status <> 'executing' OR claim_boot IS NOT NULL),
        CHECK (status <> 'rejected' OR rejected_at IS NOT NULL)
      )
      """,
      "CREATE INDEX actions_due ON actions (hold_until, action_id) WHERE status = 'approved'",
      "CREATE INDEX actions_open ON actions (expires_at) WHERE status = 'pending_approval'",
      "CREATE INDEX actions_deadline ON actions (execute_by) WHERE status = 'approved'",
      "CREATE INDEX actions_listed ON actions (org_id, status, created_at)",
      // A key is taken while its action lives or was completed, and for ever once an intent was
      // written; one that ended before any intent gives it back.
      """
      CREATE UNIQUE INDEX actions_key ON actions (org_id, idempotency_key)
        WHERE status NOT IN ('rejected', 'expired', 'failed') OR calls > 0
      """,
      "CREATE INDEX actions_by_key ON actions (org_id, idempotency_key, created_at)",
      """
      CREATE TABLE action_revisions (
        org_id TEXT NOT NULL,
        action_id TEXT NOT NULL,
        revision BIGINT NOT NULL,
        digest TEXT NOT NULL,
        document \(dialect.bytesType) NOT NULL,
        sender TEXT,
        reply_to TEXT,
        expires_at BIGINT NOT NULL,
        created_by TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        cause TEXT NOT NULL,
        PRIMARY KEY (org_id, action_id, revision),
        FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id)
      )
      """,
      // One row per affected record of a live action: at most one of a type per record.
      """
      CREATE TABLE live_records (
        org_id TEXT NOT NULL,
        action_type TEXT NOT NULL,
        model TEXT NOT NULL,
        record_id BIGINT NOT NULL,
        action_id TEXT NOT NULL,
        PRIMARY KEY (org_id, action_type, model, record_id),
        FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id)
      )
      """,
      "CREATE INDEX live_records_by_action ON live_records (org_id, action_id)",
      """
      CREATE TABLE follow_ups (
        org_id TEXT NOT NULL,
        scheduled_by TEXT NOT NULL,
        revision BIGINT NOT NULL,
        due BIGINT NOT NULL,
        became TEXT,
        PRIMARY KEY (org_id, scheduled_by),
        FOREIGN KEY (org_id, scheduled_by, revision)
          REFERENCES action_revisions (org_id, action_id, revision)
      )
      """,
    ]
  }

  private static let execution = [
    """
    CREATE TABLE attempts (
      org_id TEXT NOT NULL,
      action_id TEXT NOT NULL,
      revision BIGINT NOT NULL,
      call BIGINT NOT NULL,
      boot_id TEXT NOT NULL,
      token BIGINT NOT NULL,
      intent_at BIGINT NOT NULL,
      channel TEXT,
      delivery TEXT NOT NULL,
      request_digest TEXT NOT NULL,
      outcome TEXT,
      detail TEXT,
      provider_id TEXT,
      ended_at BIGINT,
      looks BIGINT NOT NULL DEFAULT 0,
      PRIMARY KEY (org_id, action_id, revision, call),
      FOREIGN KEY (org_id, action_id, revision)
        REFERENCES action_revisions (org_id, action_id, revision)
    )
    """,
    "CREATE INDEX attempts_open ON attempts (boot_id) WHERE outcome IS NULL",
    "CREATE INDEX attempts_unknown ON attempts (org_id, intent_at) "
      + "WHERE outcome IN ('unknown', 'abandoned')",
    """
    CREATE UNIQUE INDEX attempts_provider ON attempts (org_id, channel, provider_id)
      WHERE provider_id IS NOT NULL AND channel IS NOT NULL
    """,
    """
    CREATE TABLE stages (
      org_id TEXT NOT NULL,
      action_id TEXT NOT NULL,
      revision BIGINT NOT NULL,
      call BIGINT NOT NULL,
      stage TEXT NOT NULL,
      started_at BIGINT NOT NULL,
      microseconds BIGINT NOT NULL,
      result TEXT NOT NULL,
      detail TEXT,
      PRIMARY KEY (org_id, action_id, revision, call, stage)
    )
    """,
    """
    CREATE TABLE evidence (
      org_id TEXT NOT NULL,
      action_id TEXT NOT NULL,
      revision BIGINT NOT NULL,
      call BIGINT NOT NULL,
      number BIGINT NOT NULL,
      source TEXT NOT NULL,
      outcome TEXT NOT NULL,
      provider_id TEXT,
      at BIGINT NOT NULL,
      detail TEXT,
      PRIMARY KEY (org_id, action_id, revision, call, number)
    )
    """,
  ]

  private static let outreach = [
    """
    CREATE TABLE outreach (
      org_id TEXT NOT NULL,
      action_id TEXT NOT NULL,
      revision BIGINT NOT NULL,
      call BIGINT NOT NULL,
      channel TEXT NOT NULL,
      partner_id BIGINT,
      scope TEXT,
      delivery TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('reserved', 'sent', 'released')),
      at BIGINT NOT NULL,
      PRIMARY KEY (org_id, action_id, revision, call)
    )
    """,
    """
    CREATE INDEX outreach_by_partner ON outreach (org_id, partner_id, channel, delivery, at)
      WHERE state <> 'released'
    """,
    """
    CREATE INDEX outreach_by_scope ON outreach (org_id, scope, delivery, at)
      WHERE state <> 'released'
    """,
    """
    CREATE TABLE outreach_addresses (
      org_id TEXT NOT NULL,
      address TEXT NOT NULL,
      channel TEXT NOT NULL,
      delivery TEXT NOT NULL,
      at BIGINT NOT NULL,
      action_id TEXT NOT NULL,
      revision BIGINT NOT NULL,
      call BIGINT NOT NULL,
      counts BIGINT NOT NULL DEFAULT 1 CHECK (counts IN (0, 1)),
      PRIMARY KEY (org_id, address, channel, delivery, at, action_id, revision, call)
    )
    """,
    "CREATE INDEX outreach_addresses_by_call ON outreach_addresses (org_id, action_id, revision, call)",
    """
    CREATE TABLE channel_pauses (
      org_id TEXT NOT NULL,
      channel TEXT NOT NULL,
      reason TEXT NOT NULL,
      until BIGINT NOT NULL,
      PRIMARY KEY (org_id, channel)
    )
    """,
  ]

  private static func audit(_ dialect: SQLDialect) -> [String] {
    [
      """
      CREATE TABLE audit_entries (
        org_id TEXT NOT NULL,
        seq BIGINT NOT NULL,
        at BIGINT NOT NULL,
        kind TEXT NOT NULL,
        action_id TEXT,
        leaf \(dialect.bytesType) NOT NULL,
        leaf_hash TEXT NOT NULL,
        PRIMARY KEY (org_id, seq)
      )
      """,
      """
      CREATE INDEX audit_by_action ON audit_entries (org_id, action_id, seq)
        WHERE action_id IS NOT NULL
      """,
      """
      CREATE TABLE audit_private (
        org_id TEXT NOT NULL,
        seq BIGINT NOT NULL,
        slot TEXT NOT NULL,
        payload \(dialect.bytesType) NOT NULL,
        salt \(dialect.bytesType) NOT NULL,
        PRIMARY KEY (org_id, seq, slot)
      )
      """,
      """
      CREATE TABLE audit_heads (
        org_id TEXT NOT NULL PRIMARY KEY,
        last_seq BIGINT NOT NULL
      )
      """,
    ]
  }

  private static let processes = [
    """
    CREATE TABLE boots (
      boot_id TEXT NOT NULL PRIMARY KEY,
      host TEXT NOT NULL,
      process_id BIGINT NOT NULL,
      kernel_boot TEXT NOT NULL,
      lease_ends_at BIGINT NOT NULL,
      started_at BIGINT NOT NULL,
      ended_at BIGINT,
      end_cause TEXT
    )
    """,
    "CREATE INDEX boots_live ON boots (started_at) WHERE ended_at IS NULL",
    """
    CREATE TABLE timers (
      org_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      due BIGINT NOT NULL,
      PRIMARY KEY (org_id, kind, subject)
    )
    """,
    "CREATE INDEX timers_due ON timers (due)",
  ]

  /// What was recorded stays as it was: the database itself refuses to change it.
  private static func auditTriggers(_ dialect: SQLDialect) -> [String] {
    let guarded: [(table: String, events: [String])] = [
      ("audit_entries", ["UPDATE", "DELETE"]), ("audit_private", ["UPDATE"]),
      ("action_revisions", ["UPDATE", "DELETE"]), ("evidence", ["UPDATE", "DELETE"]),
    ]
    return guarded.flatMap { table, events in
      events.flatMap { appendOnly(table, $0, dialect) }
    }
  }

  static func appendOnly(
    _ table: String, _ event: String, _ dialect: SQLDialect
  ) -> [String] {
    let name = "\(table)_no_\(event.lowercased())"
    switch dialect {
    case .sqlite:
      return [
        """
        CREATE TRIGGER \(name) BEFORE \(event) ON \(table)
        BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END
        """
      ]
    case .postgresql:
      return [
        """
        CREATE FUNCTION \(name)() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '\(table) is append-only'
          USING ERRCODE = 'integrity_constraint_violation'; END $$
        """,
        "CREATE TRIGGER \(name) BEFORE \(event) ON \(table) "
          + "FOR EACH ROW EXECUTE FUNCTION \(name)()",
      ] + (event == "DELETE" ? noTruncation(table, name) : [])
    }
  }

  /// PostgreSQL can empty a table without deleting a row.
  private static func noTruncation(_ table: String, _ function: String) -> [String] {
    [
      "CREATE TRIGGER \(table)_no_truncate BEFORE TRUNCATE ON \(table) "
        + "FOR EACH STATEMENT EXECUTE FUNCTION \(function)()"
    ]
  }
}
