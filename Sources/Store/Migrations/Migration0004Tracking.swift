extension Migration {
  /// What happens after a send: webhooks, events, suppressions, and what is learnt late of attempts.
  static let tracking = Migration(number: 4, name: "tracking") { dialect in
    webhooks + events(dialect) + suppressions + lateAttempts
  }

  private static let webhooks = [
    """
    CREATE TABLE webhooks (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      webhook_id TEXT NOT NULL,
      scheme TEXT NOT NULL CHECK (scheme IN ('bearer', 'basic')),
      token_digest TEXT NOT NULL,
      authorization_digest TEXT NOT NULL,
      vendor_id TEXT,
      created_at BIGINT NOT NULL,
      removed_at BIGINT,
      PRIMARY KEY (org_id, webhook_id)
    )
    """,
    "CREATE UNIQUE INDEX webhooks_by_token ON webhooks (token_digest)",
  ]

  /// `recipient` and `body` are the only personal data; both are erased after a while, and the
  /// digest of the recipient, the kind and the times stay for the timeline.
  private static func events(_ dialect: SQLDialect) -> [String] {
    [
      """
      CREATE TABLE provider_events (
        org_id TEXT NOT NULL REFERENCES orgs (org_id),
        event_id TEXT NOT NULL,
        webhook_id TEXT NOT NULL,
        received_at BIGINT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('new', 'waiting', 'done')),
        look_at BIGINT NOT NULL,
        looks BIGINT NOT NULL DEFAULT 0,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        channel TEXT NOT NULL,
        provider_id TEXT,
        operation TEXT,
        recipient TEXT,
        recipient_digest TEXT,
        occurred_at BIGINT,
        mail_message_id TEXT,
        code TEXT,
        attribution TEXT,
        action_id TEXT,
        revision BIGINT,
        call BIGINT,
        body \(dialect.bytesType),
        PRIMARY KEY (org_id, event_id),
        CHECK (state <> 'done' OR attribution IS NOT NULL),
        CHECK (action_id IS NULL OR state = 'done')
      )
      """,
      "CREATE INDEX provider_events_due ON provider_events (look_at) WHERE state <> 'done'",
      """
      CREATE INDEX provider_events_waiting ON provider_events (org_id, channel, provider_id)
        WHERE state = 'waiting'
      """,
      """
      CREATE INDEX provider_events_by_action ON provider_events (org_id, action_id)
        WHERE action_id IS NOT NULL
      """,
      """
      CREATE INDEX provider_events_stray ON provider_events (org_id, received_at)
        WHERE state = 'done' AND action_id IS NULL
      """,
      """
      CREATE INDEX provider_events_by_address ON provider_events (org_id, recipient_digest, kind)
        WHERE kind IN ('soft_bounced', 'delivered', 'unsubscribed', 'resubscribed')
      """,
      """
      CREATE INDEX provider_events_personal ON provider_events (received_at)
        WHERE recipient IS NOT NULL OR body IS NOT NULL
      """,
    ]
  }

  private static let suppressions = [
    """
    CREATE TABLE suppressions (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      suppression_id TEXT NOT NULL,
      channel TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
      address TEXT NOT NULL,
      scope TEXT NOT NULL CHECK (scope <> ''),
      reason TEXT NOT NULL,
      source TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      expires_at BIGINT,
      evidence TEXT,
      address_text TEXT,
      removed_at BIGINT,
      PRIMARY KEY (org_id, suppression_id)
    )
    """,
    """
    CREATE UNIQUE INDEX suppressions_by_address
      ON suppressions (org_id, channel, address, scope, reason) WHERE removed_at IS NULL
    """,
  ]

  private static let lateAttempts = [
    "ALTER TABLE attempts ADD COLUMN proven_at BIGINT",
    "ALTER TABLE attempts ADD COLUMN asked_at BIGINT",
    "ALTER TABLE attempts ADD COLUMN asked_why TEXT",
    "DROP INDEX attempts_unknown",
    """
    CREATE INDEX attempts_unsettled ON attempts (org_id, intent_at)
      WHERE outcome IN ('unknown', 'abandoned', 'left') AND proven_at IS NULL
    """,
    """
    CREATE INDEX attempts_open_sms ON attempts (org_id)
      WHERE channel = 'sms' AND (outcome IS NULL OR outcome = 'unknown')
    """,
  ]
}
