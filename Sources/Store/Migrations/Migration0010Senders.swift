extension Migration {
  /// The further names under which an org writes, whose they are, and which sender a revision has.
  static let senders = Migration(number: 10, name: "senders") { _ in identities + owners }

  /// `user_id` 0: the org's own. A purpose has one sender for each person and one for the org.
  private static let identities = [
    """
    CREATE TABLE sender_identities (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      sender_id TEXT NOT NULL CHECK (sender_id <> '' AND sender_id <> 'org'),
      mailbox TEXT NOT NULL CHECK (mailbox <> ''),
      reply_to TEXT CHECK (reply_to <> ''),
      sms_sender TEXT CHECK (sms_sender LIKE '+%'),
      user_id BIGINT NOT NULL CHECK (user_id >= 0),
      user_name TEXT CHECK (user_name <> ''),
      standing TEXT NOT NULL CHECK (standing IN ('unknown', 'verified', 'unverified')),
      checked_at BIGINT,
      created_at BIGINT NOT NULL,
      PRIMARY KEY (org_id, sender_id),
      CHECK ((user_id = 0) = (user_name IS NULL)),
      CHECK (standing = 'unknown' OR checked_at IS NOT NULL)
    )
    """,
    """
    CREATE TABLE sender_purposes (
      org_id TEXT NOT NULL,
      user_id BIGINT NOT NULL,
      purpose TEXT NOT NULL CHECK (purpose <> ''),
      sender_id TEXT NOT NULL,
      PRIMARY KEY (org_id, user_id, purpose),
      FOREIGN KEY (org_id, sender_id) REFERENCES sender_identities (org_id, sender_id)
    )
    """,
    "ALTER TABLE action_revisions ADD COLUMN sender_id TEXT",
    "ALTER TABLE action_revisions ADD COLUMN sender_reason TEXT",
    "ALTER TABLE action_revisions ADD COLUMN salesperson TEXT",
  ]

  /// The embedded ledger's `res.users`; `name_key` is the name in small letters.
  private static let owners = [
    """
    CREATE TABLE ledger_users (
      org_id TEXT NOT NULL REFERENCES orgs (org_id),
      id BIGINT NOT NULL CHECK (id > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      name_key TEXT NOT NULL CHECK (name_key <> ''),
      PRIMARY KEY (org_id, id),
      UNIQUE (org_id, name_key)
    )
    """,
    "ALTER TABLE deals ADD COLUMN user_id BIGINT CHECK (user_id > 0)",
    "ALTER TABLE partners ADD COLUMN user_id BIGINT CHECK (user_id > 0)",
  ]
}
