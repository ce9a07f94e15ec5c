extension Migration {
  /// What caps count by: the org's messages in order of time, and the domains of addresses; who lets a
  /// critical action pass them; turns of messages that wait together; partners that became others.
  static let outreachCaps = Migration(number: 13, name: "outreach_caps") { _ in
    [
      """
      ALTER TABLE outreach ADD COLUMN audience TEXT NOT NULL DEFAULT 'customer'
        CHECK (audience IN ('customer', 'internal'))
      """,
      """
      CREATE INDEX outreach_by_org ON outreach (org_id, channel, delivery, audience, at)
        WHERE state <> 'released'
      """,
      // Of several addresses of a message in one domain the first alone: it is one message.
      "ALTER TABLE outreach_addresses ADD COLUMN domain TEXT",
      """
      CREATE INDEX outreach_addresses_by_domain ON outreach_addresses
        (org_id, domain, channel, delivery, at)
        WHERE domain IS NOT NULL AND counts = 1
      """,
      """
      CREATE TABLE limit_waivers (
        org_id TEXT NOT NULL,
        action_id TEXT NOT NULL,
        revision BIGINT NOT NULL,
        waived_by TEXT NOT NULL,
        waived_at BIGINT NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (org_id, action_id, revision),
        FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id)
      )
      """,
      """
      CREATE TABLE outreach_turns (
        org_id TEXT NOT NULL,
        lane TEXT NOT NULL,
        next_at BIGINT NOT NULL,
        PRIMARY KEY (org_id, lane)
      )
      """,
      """
      CREATE TABLE partner_aliases (
        org_id TEXT NOT NULL,
        partner_id BIGINT NOT NULL,
        root_id BIGINT NOT NULL CHECK (root_id <> partner_id),
        PRIMARY KEY (org_id, partner_id)
      )
      """,
      "CREATE INDEX partner_aliases_by_root ON partner_aliases (org_id, root_id)",
    ]
  }
}
