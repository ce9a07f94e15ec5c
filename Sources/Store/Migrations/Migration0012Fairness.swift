extension Migration {
  /// Whose turn it is, and how much may go: the queue by org, operation and priority; the buckets of
  /// rates; settings and pauses as a claim reads them.
  static let fairness = Migration(number: 12, name: "fairness") { _ in
    [
      // As ActionPriority numbers them: 0 critical to 3 low.
      """
      ALTER TABLE actions ADD COLUMN priority BIGINT NOT NULL DEFAULT 2
        CHECK (priority >= 0 AND priority <= 3)
      """,
      "UPDATE actions SET priority = 0 WHERE action_type = 'x_send_sms_alert'",
      """
      UPDATE actions SET priority = 1 WHERE action_type IN ('escalate_overdue_invoice',
        'flag_at_risk_project', 'x_send_task_notification', 'x_send_custom_message')
      """,
      """
      UPDATE actions SET priority = 3 WHERE action_type IN ('schedule_customer_check_in',
        'x_log_activity', 'x_create_note')
      """,
      "DROP INDEX actions_due",
      """
      CREATE INDEX actions_claim ON actions
        (delivery, org_id, operation, priority, hold_until, action_id)
        WHERE status = 'approved'
      """,
      """
      CREATE TABLE channel_rates (
        org_id TEXT NOT NULL,
        channel TEXT NOT NULL,
        arrival BIGINT NOT NULL,
        PRIMARY KEY (org_id, channel)
      )
      """,
      "CREATE INDEX channel_rates_in_debt ON channel_rates (arrival)",
      "ALTER TABLE channel_pauses ADD COLUMN since BIGINT NOT NULL DEFAULT 0",
      // How long an earlier one was is not known: as if it began at its end.
      "UPDATE channel_pauses SET since = until",
      "CREATE INDEX channel_pauses_by_end ON channel_pauses (until)",
      "CREATE INDEX settings_by_key ON settings (key)",
    ]
  }
}
