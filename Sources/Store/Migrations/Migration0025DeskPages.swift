extension Migration {
  /// What pages of the desk look for, so that they never go through what is finished.
  static let deskPages = Migration(number: 25, name: "desk_pages") { _ in
    [
      // Only what waits for somebody is in it: most actions never write to it.
      """
      CREATE INDEX actions_stuck ON actions (org_id, status, hold_reason, created_at)
        WHERE status = 'approved' AND hold_reason IN
          ('needs_person', 'configuration', 'cannot_tell', 'stale_facts')
      """,
      """
      CREATE INDEX partners_listed ON partners (org_id, lower(name), id)
        WHERE kind = 'partner' AND gone_at IS NULL
      """,
      """
      CREATE INDEX invoices_open_by_partner ON invoices (org_id, partner_id, due_on, id)
        WHERE open_minor <> 0
      """,
      "CREATE INDEX collection_holds_by_customer ON collection_holds (org_id, partner_id)",
    ]
  }
}
