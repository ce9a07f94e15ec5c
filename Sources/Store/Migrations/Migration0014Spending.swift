extension Migration {
  /// What a month's messages cost, and which message bore how much of it; who may be written to for
  /// marketing, and on what that rests.
  static let spending = Migration(number: 14, name: "spending") { _ in
    [
      "ALTER TABLE outreach ADD COLUMN month BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE outreach ADD COLUMN cost BIGINT NOT NULL DEFAULT 0",
      """
      CREATE TABLE outreach_spending (
        org_id TEXT NOT NULL,
        delivery TEXT NOT NULL,
        channel TEXT NOT NULL,
        month BIGINT NOT NULL,
        amount BIGINT NOT NULL,
        PRIMARY KEY (org_id, delivery, channel, month)
      )
      """,
      """
      CREATE TABLE consents (
        org_id TEXT NOT NULL,
        consent_id TEXT NOT NULL,
        channel TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
        address TEXT NOT NULL,
        basis TEXT NOT NULL CHECK (basis IN ('express', 'implied', 'contract')),
        scope TEXT NOT NULL,
        obtained_at BIGINT NOT NULL,
        expires_at BIGINT,
        withdrawn_at BIGINT,
        source TEXT NOT NULL,
        evidence TEXT,
        recorded_at BIGINT NOT NULL,
        recorded_by TEXT NOT NULL,
        address_text TEXT,
        PRIMARY KEY (org_id, consent_id)
      )
      """,
      "CREATE INDEX consents_by_address ON consents (org_id, channel, address)",
    ]
  }
}
