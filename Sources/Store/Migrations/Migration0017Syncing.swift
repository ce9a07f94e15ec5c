extension Migration {
  /// What is taken over from an org's own system: how far it is, what the ledger lacked for it, where
  /// deals were before, and that customers wrote.
  ///
  /// Records of the source have its ids, and external ids `odoo:ID`.
  static let syncing = Migration(number: 17, name: "syncing") { _ in columns + tables }

  private static let columns = [
    """
    ALTER TABLE partners ADD COLUMN is_disputed BIGINT NOT NULL DEFAULT 0
      CHECK (is_disputed IN (0, 1))
    """,
    "ALTER TABLE partners ADD COLUMN gone_at BIGINT",
    "ALTER TABLE invoices ADD COLUMN payment_state TEXT CHECK (payment_state <> '')",
    "ALTER TABLE invoices ADD COLUMN company_id BIGINT",
    "ALTER TABLE invoices ADD COLUMN gone_at BIGINT",
    "ALTER TABLE deals ADD COLUMN stage_since BIGINT",
    "ALTER TABLE deals ADD COLUMN company_id BIGINT",
    "ALTER TABLE deals ADD COLUMN gone_at BIGINT",
    "ALTER TABLE tasks ADD COLUMN gone_at BIGINT",
  ]

  private static let tables = [
    """
    CREATE TABLE companies (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      id BIGINT NOT NULL CHECK (id > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      PRIMARY KEY (org_id, id)
    )
    """,
    // Numbered, because the source's times have whole seconds and may be missing.
    """
    CREATE TABLE deal_stage_history (
      org_id TEXT NOT NULL,
      deal_id BIGINT NOT NULL,
      number BIGINT NOT NULL CHECK (number > 0),
      stage_id BIGINT NOT NULL,
      entered_at BIGINT,
      seen_at BIGINT NOT NULL,
      PRIMARY KEY (org_id, deal_id, number),
      FOREIGN KEY (org_id, deal_id) REFERENCES deals (org_id, id),
      FOREIGN KEY (org_id, stage_id) REFERENCES deal_stages (org_id, id)
    )
    """,
    """
    CREATE TABLE customer_messages (
      org_id TEXT NOT NULL,
      id BIGINT NOT NULL CHECK (id > 0),
      res_model TEXT NOT NULL CHECK (res_model <> ''),
      res_id BIGINT NOT NULL CHECK (res_id > 0),
      partner_id BIGINT NOT NULL,
      received_at BIGINT NOT NULL,
      is_automatic BIGINT NOT NULL CHECK (is_automatic IN (0, 1)),
      as_of BIGINT NOT NULL,
      PRIMARY KEY (org_id, id),
      FOREIGN KEY (org_id, partner_id) REFERENCES partners (org_id, id)
    )
    """,
    """
    CREATE INDEX customer_messages_answers ON customer_messages (org_id, partner_id, received_at)
      WHERE is_automatic = 0
    """,
    """
    CREATE TABLE sync_cursors (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      kind TEXT NOT NULL,
      place TEXT NOT NULL CHECK (place IN ('all', 'changes', 'second')),
      second BIGINT NOT NULL,
      after_id BIGINT NOT NULL,
      newest BIGINT NOT NULL,
      basis TEXT NOT NULL,
      moved_at BIGINT NOT NULL,
      is_settled BIGINT NOT NULL CHECK (is_settled IN (0, 1)),
      confirmed_at BIGINT,
      checked_at BIGINT,
      version BIGINT NOT NULL CHECK (version > 0),
      PRIMARY KEY (org_id, kind)
    )
    """,
  ]
}
