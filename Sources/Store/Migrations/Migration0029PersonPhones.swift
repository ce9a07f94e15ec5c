extension Migration {
  /// Numbers of persons, what they are told by text, and which findings somebody was alerted to.
  static let personPhones = Migration(number: 29, name: "person_phones") { dialect in
    let form = dialect == .sqlite ? " WITHOUT ROWID" : ""
    return [
      "ALTER TABLE persons ADD COLUMN phone TEXT CHECK (phone <> '')",
      "ALTER TABLE findings ADD COLUMN alerted_at BIGINT",
      // A rule may want both channels, so the channel belongs to the key.
      "ALTER TABLE rule_notices RENAME TO rule_notices_by_mail",
      """
      CREATE TABLE rule_notices (
        org_id TEXT NOT NULL,
        action_id TEXT NOT NULL,
        moment TEXT NOT NULL CHECK (moment IN ('before', 'after')),
        role TEXT NOT NULL CHECK (role <> ''),
        channel TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
        at BIGINT NOT NULL,
        PRIMARY KEY (org_id, action_id, moment, role, channel),
        FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id)
      )\(form)
      """,
      """
      INSERT INTO rule_notices (org_id, action_id, moment, role, channel, at)
      SELECT org_id, action_id, moment, role, 'email', at FROM rule_notices_by_mail
      """,
      "DROP TABLE rule_notices_by_mail",
    ]
  }
}
