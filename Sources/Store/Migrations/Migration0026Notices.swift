extension Migration {
  /// What persons are to be told, until they are; and when each was last written to.
  static let notices = Migration(number: 26, name: "notices") { dialect in
    let form = dialect == .sqlite ? " WITHOUT ROWID" : ""
    return [
      """
      CREATE TABLE rule_notices (
        org_id TEXT NOT NULL,
        action_id TEXT NOT NULL,
        moment TEXT NOT NULL CHECK (moment IN ('before', 'after')),
        role TEXT NOT NULL CHECK (role <> ''),
        at BIGINT NOT NULL,
        PRIMARY KEY (org_id, action_id, moment, role),
        FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id)
      )\(form)
      """,
      """
      CREATE TABLE persons_told (
        org_id TEXT NOT NULL REFERENCES orgs (org_id),
        person_id TEXT NOT NULL REFERENCES persons (person_id),
        told_at BIGINT NOT NULL,
        PRIMARY KEY (org_id, person_id)
      )\(form)
      """,
    ]
  }
}
