extension Migration {
  /// What people said not to ask customers for. What was said stays as it was; its end is a row of its
  /// own. Their words stand apart, so that they can be erased.
  static let collectionHolds = Migration(number: 22, name: "collection_holds") { dialect in
    tables
      + ["collection_holds", "collection_hold_ends"].flatMap {
        appendOnly($0, "UPDATE", dialect) + appendOnly($0, "DELETE", dialect)
      }
  }

  private static let tables = [
    """
    CREATE TABLE collection_holds (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      hold_id TEXT NOT NULL CHECK (hold_id <> ''),
      kind TEXT NOT NULL
        CHECK (kind IN ('dispute', 'promise', 'pause', 'never_remind', 'owner_handles')),
      partner_id BIGINT NOT NULL,
      invoice_id BIGINT,
      made_at BIGINT NOT NULL,
      made_on BIGINT NOT NULL,
      last_day BIGINT CHECK (last_day >= made_on),
      ends_at BIGINT CHECK (ends_at > made_at),
      amount_minor BIGINT CHECK (amount_minor > 0),
      currency TEXT CHECK (length(currency) = 3),
      promised_on BIGINT,
      grace_days BIGINT CHECK (grace_days BETWEEN 0 AND 90),
      set_by TEXT NOT NULL CHECK (set_by LIKE 'person:%'),
      PRIMARY KEY (org_id, hold_id),
      FOREIGN KEY (org_id, partner_id) REFERENCES partners (org_id, id),
      FOREIGN KEY (org_id, invoice_id) REFERENCES invoices (org_id, id),
      CHECK ((last_day IS NULL) = (ends_at IS NULL)),
      CHECK (kind <> 'pause' OR last_day IS NOT NULL),
      CHECK (kind <> 'promise' OR (amount_minor IS NOT NULL AND currency IS NOT NULL
        AND promised_on IS NOT NULL AND grace_days IS NOT NULL AND last_day IS NOT NULL)),
      CHECK (kind = 'promise' OR (amount_minor IS NULL AND currency IS NULL
        AND promised_on IS NULL AND grace_days IS NULL))
    )
    """,
    """
    CREATE INDEX collection_holds_by_invoice ON collection_holds (org_id, invoice_id)
      WHERE invoice_id IS NOT NULL
    """,
    """
    CREATE INDEX collection_holds_by_partner ON collection_holds (org_id, partner_id)
      WHERE invoice_id IS NULL
    """,
    """
    CREATE TABLE collection_hold_ends (
      org_id TEXT NOT NULL,
      hold_id TEXT NOT NULL,
      ended_at BIGINT NOT NULL,
      ended_on BIGINT NOT NULL,
      ended_by TEXT NOT NULL CHECK (ended_by LIKE 'person:%'),
      PRIMARY KEY (org_id, hold_id),
      FOREIGN KEY (org_id, hold_id) REFERENCES collection_holds (org_id, hold_id)
    )
    """,
    """
    CREATE TABLE collection_hold_notes (
      org_id TEXT NOT NULL,
      hold_id TEXT NOT NULL,
      note TEXT NOT NULL CHECK (note <> ''),
      PRIMARY KEY (org_id, hold_id),
      FOREIGN KEY (org_id, hold_id) REFERENCES collection_holds (org_id, hold_id)
    )
    """,
  ]
}
