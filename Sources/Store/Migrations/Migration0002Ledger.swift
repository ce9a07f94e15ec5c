/// The embedded ledger: the records of a company that has no Odoo.
///
/// Days are counted from 1970-01-01, instants are UTC milliseconds, money is minor units. Ids are
/// positive and counted per org and model, because the predicates know records by Odoo's ids.
extension Migration {
  public static let ledger = Migration(number: 2, name: "ledger") { _ in
    people + money + work + imports
  }

  private static let people = [
    """
    CREATE TABLE ledger_ids (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      model TEXT NOT NULL,
      next_id BIGINT NOT NULL CHECK (next_id > 1),
      PRIMARY KEY (org_id, model)
    )
    """,
    """
    CREATE TABLE partners (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      id BIGINT NOT NULL CHECK (id > 0),
      kind TEXT NOT NULL CHECK (kind IN ('partner', 'contact')),
      external_id TEXT NOT NULL CHECK (external_id <> ''),
      parent_id BIGINT CHECK (parent_id <> id),
      name TEXT NOT NULL CHECK (name <> ''),
      email TEXT CHECK (email <> ''),
      phone TEXT CHECK (phone LIKE '+%'),
      country TEXT CHECK (length(country) = 2),
      zone TEXT CHECK (zone <> ''),
      language TEXT CHECK (language <> ''),
      role TEXT CHECK (role <> ''),
      is_active BIGINT NOT NULL CHECK (is_active IN (0, 1)),
      is_blacklisted BIGINT NOT NULL CHECK (is_blacklisted IN (0, 1)),
      never_remind BIGINT NOT NULL CHECK (never_remind IN (0, 1)),
      reminders_stopped BIGINT NOT NULL DEFAULT 0 CHECK (reminders_stopped IN (0, 1)),
      as_of BIGINT NOT NULL,
      updated_at BIGINT NOT NULL,
      PRIMARY KEY (org_id, id),
      UNIQUE (org_id, kind, external_id),
      FOREIGN KEY (org_id, parent_id) REFERENCES partners (org_id, id),
      CHECK ((kind = 'contact') = (parent_id IS NOT NULL))
    )
    """,
    "CREATE INDEX partners_by_name ON partners (org_id, name)",
    "CREATE INDEX partners_by_parent ON partners (org_id, parent_id)",
  ]

  private static let money = [
    """
    CREATE TABLE invoices (
      org_id TEXT NOT NULL,
      id BIGINT NOT NULL CHECK (id > 0),
      external_id TEXT NOT NULL CHECK (external_id <> ''),
      number TEXT NOT NULL CHECK (number <> ''),
      partner_id BIGINT NOT NULL,
      issued_on BIGINT,
      due_on BIGINT,
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      total_minor BIGINT NOT NULL CHECK (total_minor >= 0),
      stated_open_minor BIGINT,
      stated_on BIGINT,
      state TEXT NOT NULL CHECK (state IN ('draft', 'posted', 'cancelled')),
      never_remind BIGINT NOT NULL CHECK (never_remind IN (0, 1)),
      closed_on BIGINT,
      open_minor BIGINT NOT NULL,
      charges_minor BIGINT NOT NULL CHECK (charges_minor >= 0),
      is_disputed BIGINT NOT NULL CHECK (is_disputed IN (0, 1)),
      as_of BIGINT NOT NULL,
      updated_at BIGINT NOT NULL,
      PRIMARY KEY (org_id, id),
      UNIQUE (org_id, external_id),
      FOREIGN KEY (org_id, partner_id) REFERENCES partners (org_id, id),
      CHECK ((stated_open_minor IS NULL) = (stated_on IS NULL)),
      CHECK (closed_on IS NULL OR open_minor = 0)
    )
    """,
    "CREATE INDEX invoices_by_number ON invoices (org_id, number)",
    "CREATE INDEX invoices_by_partner ON invoices (org_id, partner_id)",
    "CREATE INDEX invoices_open ON invoices (org_id, id) WHERE open_minor <> 0",
    """
    CREATE TABLE settlements (
      org_id TEXT NOT NULL,
      id BIGINT NOT NULL CHECK (id > 0),
      kind TEXT NOT NULL CHECK (kind IN ('payment', 'credit')),
      external_id TEXT NOT NULL CHECK (external_id <> ''),
      invoice_id BIGINT,
      partner_id BIGINT NOT NULL,
      amount_minor BIGINT NOT NULL,
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      settled_on BIGINT NOT NULL,
      known_since BIGINT NOT NULL,
      as_of BIGINT NOT NULL,
      updated_at BIGINT NOT NULL,
      PRIMARY KEY (org_id, id),
      UNIQUE (org_id, kind, external_id),
      FOREIGN KEY (org_id, invoice_id) REFERENCES invoices (org_id, id),
      FOREIGN KEY (org_id, partner_id) REFERENCES partners (org_id, id)
    )
    """,
    "CREATE INDEX settlements_by_invoice ON settlements (org_id, invoice_id, settled_on)",
    """
    CREATE INDEX settlements_unallocated ON settlements (org_id, partner_id)
      WHERE invoice_id IS NULL
    """,
    """
    CREATE TABLE disputes (
      org_id TEXT NOT NULL,
      id BIGINT NOT NULL CHECK (id > 0),
      external_id TEXT NOT NULL CHECK (external_id <> ''),
      invoice_id BIGINT NOT NULL,
      opened_on BIGINT NOT NULL,
      closed_on BIGINT CHECK (closed_on >= opened_on),
      reason TEXT CHECK (reason <> ''),
      as_of BIGINT NOT NULL,
      updated_at BIGINT NOT NULL,
      PRIMARY KEY (org_id, id),
      UNIQUE (org_id, external_id),
      FOREIGN KEY (org_id, invoice_id) REFERENCES invoices (org_id, id)
    )
    """,
    "CREATE INDEX disputes_by_invoice ON disputes (org_id, invoice_id)",
  ]

  private static let work = [
    """
    CREATE TABLE deal_stages (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      id BIGINT NOT NULL CHECK (id > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      is_won BIGINT NOT NULL CHECK (is_won IN (0, 1)),
      PRIMARY KEY (org_id, id),
      UNIQUE (org_id, name)
    )
    """,
    """
    CREATE TABLE deals (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      id BIGINT NOT NULL CHECK (id > 0),
      external_id TEXT NOT NULL CHECK (external_id <> ''),
      name TEXT NOT NULL CHECK (name <> ''),
      partner_id BIGINT,
      stage_id BIGINT NOT NULL,
      value_minor BIGINT,
      currency TEXT CHECK (length(currency) = 3),
      closes_on BIGINT,
      active_on BIGINT,
      state TEXT NOT NULL CHECK (state IN ('open', 'won', 'lost')),
      as_of BIGINT NOT NULL,
      updated_at BIGINT NOT NULL,
      PRIMARY KEY (org_id, id),
      UNIQUE (org_id, external_id),
      FOREIGN KEY (org_id, partner_id) REFERENCES partners (org_id, id),
      FOREIGN KEY (org_id, stage_id) REFERENCES deal_stages (org_id, id),
      CHECK ((value_minor IS NULL) = (currency IS NULL))
    )
    """,
    """
    CREATE TABLE projects (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      id BIGINT NOT NULL CHECK (id > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      PRIMARY KEY (org_id, id),
      UNIQUE (org_id, name)
    )
    """,
    """
    CREATE TABLE task_stages (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      id BIGINT NOT NULL CHECK (id > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      PRIMARY KEY (org_id, id),
      UNIQUE (org_id, name)
    )
    """,
    """
    CREATE TABLE tasks (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      id BIGINT NOT NULL CHECK (id > 0),
      origin TEXT NOT NULL CHECK (origin IN ('source', 'aiom')),
      external_id TEXT NOT NULL CHECK (external_id <> ''),
      name TEXT NOT NULL CHECK (name <> ''),
      description TEXT,
      project_id BIGINT,
      stage_id BIGINT NOT NULL,
      due_on BIGINT,
      priority TEXT NOT NULL CHECK (priority IN ('0', '1', '2', '3')),
      partner_id BIGINT,
      user_id BIGINT CHECK (user_id > 0),
      is_done BIGINT NOT NULL CHECK (is_done IN (0, 1)),
      as_of BIGINT NOT NULL,
      updated_at BIGINT NOT NULL,
      PRIMARY KEY (org_id, id),
      UNIQUE (org_id, origin, external_id),
      FOREIGN KEY (org_id, project_id) REFERENCES projects (org_id, id),
      FOREIGN KEY (org_id, stage_id) REFERENCES task_stages (org_id, id),
      FOREIGN KEY (org_id, partner_id) REFERENCES partners (org_id, id)
    )
    """,
    """
    CREATE TABLE activities (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      id BIGINT NOT NULL CHECK (id > 0),
      res_model TEXT NOT NULL,
      res_id BIGINT NOT NULL CHECK (res_id > 0),
      activity_type TEXT NOT NULL CHECK (activity_type <> ''),
      summary TEXT NOT NULL CHECK (summary <> ''),
      note TEXT,
      due_on BIGINT,
      user_id BIGINT CHECK (user_id > 0),
      created_at BIGINT NOT NULL,
      PRIMARY KEY (org_id, id)
    )
    """,
    "CREATE INDEX activities_by_record ON activities (org_id, res_model, res_id)",
    """
    CREATE TABLE notes (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      id BIGINT NOT NULL CHECK (id > 0),
      res_model TEXT NOT NULL,
      res_id BIGINT NOT NULL CHECK (res_id > 0),
      subtype TEXT NOT NULL CHECK (subtype IN ('comment', 'notification')),
      body TEXT NOT NULL CHECK (body <> ''),
      created_at BIGINT NOT NULL,
      PRIMARY KEY (org_id, id)
    )
    """,
    "CREATE INDEX notes_by_record ON notes (org_id, res_model, res_id)",
  ]

  private static let imports = [
    """
    CREATE TABLE import_runs (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      run_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      as_of BIGINT NOT NULL,
      started_at BIGINT NOT NULL,
      finished_at BIGINT,
      row_count BIGINT NOT NULL,
      inserted_count BIGINT NOT NULL,
      updated_count BIGINT NOT NULL,
      unchanged_count BIGINT NOT NULL,
      rejected_count BIGINT NOT NULL,
      closed_count BIGINT NOT NULL,
      PRIMARY KEY (org_id, run_id)
    )
    """,
    """
    CREATE TABLE import_seen (
      org_id TEXT NOT NULL,
      run_id TEXT NOT NULL,
      external_id TEXT NOT NULL,
      PRIMARY KEY (org_id, run_id, external_id)
    )
    """,
  ]
}
