extension Migration {
  /// Policies of an org by version, and the four records of an approval: what the policy said, who was
  /// asked, what each person said, how it ended. What an approval was given for stands with the action,
  /// where its claim looks.
  static let policies = Migration(number: 19, name: "policies") { dialect in
    columns + tables(dialect)
      + guarded.flatMap { appendOnly($0, "UPDATE", dialect) + appendOnly($0, "DELETE", dialect) }
  }

  private static let guarded = [
    "policy_versions", "policy_decisions", "approval_requests", "approval_entries",
    "approval_resolutions",
  ]

  private static let columns = [
    "ALTER TABLE actions ADD COLUMN approved_digest TEXT",
    "ALTER TABLE actions ADD COLUMN approved_policy BIGINT CHECK (approved_policy > 0)",
  ]

  private static func tables(_ dialect: SQLDialect) -> [String] {
    [
      """
      CREATE TABLE policy_versions (
        org_id TEXT NOT NULL REFERENCES orgs (org_id),
        number BIGINT NOT NULL CHECK (number > 0),
        hash TEXT NOT NULL CHECK (length(hash) = 64),
        document TEXT NOT NULL,
        author TEXT NOT NULL,
        reason TEXT NOT NULL CHECK (reason <> ''),
        source TEXT NOT NULL CHECK (source <> ''),
        difference TEXT NOT NULL,
        at BIGINT NOT NULL,
        PRIMARY KEY (org_id, number)
      )
      """,
      """
      CREATE TABLE policy_decisions (
        org_id TEXT NOT NULL,
        action_id TEXT NOT NULL,
        revision BIGINT NOT NULL CHECK (revision > 0),
        version BIGINT NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN ('deny', 'require', 'auto')),
        facts TEXT NOT NULL,
        winning TEXT NOT NULL,
        shadow TEXT CHECK (shadow IN ('deny', 'require', 'auto')),
        partner TEXT,
        recipient TEXT,
        proposer TEXT NOT NULL,
        amount BIGINT,
        at BIGINT NOT NULL,
        PRIMARY KEY (org_id, action_id, revision, version),
        FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id),
        FOREIGN KEY (org_id, version) REFERENCES policy_versions (org_id, number)
      )
      """,
      "CREATE INDEX policy_decisions_by_time ON policy_decisions (org_id, at, action_id, revision)",
      "CREATE INDEX policy_decisions_by_proposer ON policy_decisions (org_id, proposer, at)",
      """
      CREATE INDEX policy_decisions_by_partner ON policy_decisions (org_id, partner, at)
        WHERE partner IS NOT NULL
      """,
      """
      CREATE INDEX policy_decisions_auto ON policy_decisions (org_id, at, amount)
        WHERE verdict = 'auto' AND amount IS NOT NULL
      """,
      """
      CREATE TABLE approval_requests (
        org_id TEXT NOT NULL REFERENCES orgs (org_id),
        request_id TEXT NOT NULL CHECK (request_id <> ''),
        kind TEXT NOT NULL CHECK (kind IN ('action', 'policy')),
        action_id TEXT,
        revision BIGINT,
        digest TEXT NOT NULL CHECK (length(digest) = 64),
        requirement TEXT NOT NULL,
        version BIGINT NOT NULL,
        requested_by TEXT NOT NULL,
        at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        document TEXT,
        source TEXT,
        reason TEXT,
        PRIMARY KEY (org_id, request_id),
        CHECK ((kind = 'action') = (action_id IS NOT NULL AND revision IS NOT NULL)),
        CHECK ((kind = 'policy') = (document IS NOT NULL))
      )
      """,
      """
      CREATE INDEX approval_requests_by_action ON approval_requests (org_id, action_id, revision)
        WHERE action_id IS NOT NULL
      """,
      """
      CREATE INDEX approval_requests_policies ON approval_requests (org_id, at)
        WHERE kind = 'policy'
      """,
      """
      CREATE TABLE approval_entries (
        org_id TEXT NOT NULL,
        request_id TEXT NOT NULL,
        number BIGINT NOT NULL CHECK (number > 0),
        person TEXT NOT NULL CHECK (person LIKE 'person:%'),
        word TEXT NOT NULL CHECK (word IN ('approve', 'reject')),
        digest TEXT NOT NULL CHECK (length(digest) = 64),
        roles TEXT NOT NULL,
        channel TEXT NOT NULL,
        via TEXT NOT NULL,
        step_up TEXT,
        step_up_at BIGINT,
        evidence \(dialect.bytesType),
        at BIGINT NOT NULL,
        PRIMARY KEY (org_id, request_id, number),
        UNIQUE (org_id, request_id, person),
        FOREIGN KEY (org_id, request_id) REFERENCES approval_requests (org_id, request_id)
      )
      """,
      """
      CREATE TABLE approval_resolutions (
        org_id TEXT NOT NULL,
        request_id TEXT NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN
          ('approved', 'rejected', 'expired', 'superseded', 'auto', 'denied')),
        digest TEXT NOT NULL CHECK (length(digest) = 64),
        version BIGINT NOT NULL,
        by_whom TEXT NOT NULL,
        at BIGINT NOT NULL,
        PRIMARY KEY (org_id, request_id)
      )
      """,
      """
      CREATE TABLE policy_cap_counts (
        org_id TEXT NOT NULL,
        rule TEXT NOT NULL,
        counted TEXT NOT NULL,
        at BIGINT NOT NULL,
        action_id TEXT NOT NULL,
        revision BIGINT NOT NULL,
        amount BIGINT NOT NULL,
        PRIMARY KEY (org_id, rule, counted, at, action_id, revision)
      )
      """,
      "CREATE INDEX policy_cap_counts_by_action ON policy_cap_counts (org_id, action_id)",
    ]
  }
}
