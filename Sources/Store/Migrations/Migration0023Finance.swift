extension Migration {
  /// What a company owes, what is on its accounts, what was found about it, and what it was told of a day.
  static let finance = Migration(number: 23, name: "finance") { _ in money + findings }

  private static let money = [
    """
    CREATE TABLE bills (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      id BIGINT NOT NULL CHECK (id > 0),
      external_id TEXT NOT NULL CHECK (external_id <> ''),
      number TEXT NOT NULL CHECK (number <> ''),
      supplier TEXT NOT NULL CHECK (supplier <> ''),
      issued_on BIGINT,
      due_on BIGINT,
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      total_minor BIGINT NOT NULL CHECK (total_minor >= 0),
      open_minor BIGINT NOT NULL CHECK (open_minor <= total_minor),
      state TEXT NOT NULL CHECK (state IN ('draft', 'posted', 'cancelled')),
      as_of BIGINT NOT NULL,
      updated_at BIGINT NOT NULL,
      PRIMARY KEY (org_id, id),
      UNIQUE (org_id, external_id)
    )
    """,
    "CREATE INDEX bills_open ON bills (org_id, id) WHERE open_minor <> 0",
    "CREATE INDEX bills_by_issue ON bills (org_id, issued_on)",
    """
    CREATE TABLE balances (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      id BIGINT NOT NULL CHECK (id > 0),
      external_id TEXT NOT NULL CHECK (external_id <> ''),
      account TEXT NOT NULL CHECK (account <> ''),
      on_day BIGINT NOT NULL,
      amount_minor BIGINT NOT NULL,
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      as_of BIGINT NOT NULL,
      updated_at BIGINT NOT NULL,
      PRIMARY KEY (org_id, id),
      UNIQUE (org_id, external_id)
    )
    """,
    "CREATE INDEX balances_by_account ON balances (org_id, account, currency, on_day)",
    "CREATE INDEX invoices_by_issue ON invoices (org_id, issued_on)",
  ]

  private static let findings = [
    """
    CREATE TABLE findings (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      number BIGINT NOT NULL CHECK (number > 0),
      fingerprint TEXT NOT NULL CHECK (fingerprint <> ''),
      source TEXT NOT NULL CHECK (source <> ''),
      kind TEXT NOT NULL CHECK (kind <> ''),
      severity BIGINT NOT NULL CHECK (severity BETWEEN 0 AND 3),
      title TEXT NOT NULL CHECK (title <> ''),
      explanation TEXT NOT NULL,
      facts TEXT NOT NULL,
      partner_id BIGINT,
      first_seen_at BIGINT NOT NULL,
      last_seen_at BIGINT NOT NULL,
      seen BIGINT NOT NULL CHECK (seen > 0),
      state TEXT NOT NULL CHECK (state IN ('open', 'acknowledged', 'snoozed', 'resolved')),
      changed_at BIGINT NOT NULL,
      changed_by TEXT,
      snoozed_until BIGINT,
      gone_at BIGINT,
      PRIMARY KEY (org_id, number),
      CHECK ((state = 'snoozed') = (snoozed_until IS NOT NULL)),
      CHECK (gone_at IS NULL OR state = 'resolved')
    )
    """,
    // INVARIANT: what holds is one finding, however often it is seen.
    """
    CREATE UNIQUE INDEX findings_holding ON findings (org_id, fingerprint) WHERE gone_at IS NULL
    """,
    "CREATE INDEX findings_by_source ON findings (org_id, source) WHERE gone_at IS NULL",
    """
    CREATE TABLE briefings (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      kind TEXT NOT NULL CHECK (kind IN ('morning', 'evening')),
      day BIGINT NOT NULL,
      made_at BIGINT NOT NULL,
      document TEXT NOT NULL,
      PRIMARY KEY (org_id, kind, day)
    )
    """,
  ]
}
