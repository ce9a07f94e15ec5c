extension Migration {
  /// Unsubscribe links, and what is known of the provider's list of suppressions.
  static let suppressionLists = Migration(number: 7, name: "suppression_lists") { dialect in
    links(dialect) + lists
  }

  /// A link names its call, whose addresses are in `outreach_addresses`. The token itself is in the
  /// message alone, and where it comes back no org stands beside it.
  private static func links(_ dialect: SQLDialect) -> [String] {
    [
      """
      CREATE TABLE unsubscribe_links (
        org_id TEXT NOT NULL,
        action_id TEXT NOT NULL,
        revision BIGINT NOT NULL,
        call BIGINT NOT NULL,
        token_digest TEXT NOT NULL,
        channel TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
        created_at BIGINT NOT NULL,
        PRIMARY KEY (org_id, action_id, revision, call)
      )\(dialect == .sqlite ? " WITHOUT ROWID" : "")
      """,
      "CREATE UNIQUE INDEX unsubscribe_links_by_token ON unsubscribe_links (token_digest)",
    ]
  }

  /// `pushed_at`: since when the provider is known to suppress the address as well.
  private static let lists = [
    "ALTER TABLE suppressions ADD COLUMN pushed_at BIGINT",
    """
    CREATE INDEX suppressions_to_push ON suppressions (org_id, suppression_id)
      WHERE channel = 'email' AND scope = 'all' AND expires_at IS NULL AND pushed_at IS NULL
        AND removed_at IS NULL AND address_text IS NOT NULL
    """,
    """
    CREATE TABLE suppression_syncs (
      org_id TEXT NOT NULL PRIMARY KEY REFERENCES orgs (org_id),
      pull_code TEXT,
      push_code TEXT,
      looked_at BIGINT NOT NULL,
      whole_at BIGINT,
      listed BIGINT NOT NULL
    )
    """,
  ]
}
