/// What is asked about usage. Each statement takes the org, the first instant and the end, and reads a
/// range of `attempts_by_time`: what is older costs nothing.
enum UsageStatements {
  /// One row for each purpose, mode and country, with messages and recipients.
  static let emails = """
    SELECT actions.action_type, sent.delivery, partners.country, COUNT(*), SUM(\(recipients))
    FROM attempts AS sent
    JOIN actions ON actions.org_id = sent.org_id AND actions.action_id = sent.action_id
    LEFT JOIN partners ON partners.org_id = actions.org_id AND partners.id = actions.partner_id
    WHERE \(accepted) AND sent.channel = 'email'
    GROUP BY actions.action_type, sent.delivery, partners.country
    ORDER BY actions.action_type, sent.delivery, partners.country
    """

  /// Mode and document of each SMS.
  static let texts = """
    SELECT sent.delivery, revisions.document FROM attempts AS sent
    JOIN action_revisions AS revisions ON revisions.org_id = sent.org_id
      AND revisions.action_id = sent.action_id AND revisions.revision = sent.revision
    WHERE \(accepted) AND sent.channel = 'sms'
    """

  /// Recipients of e-mails beyond the sandbox on each day.
  static let days = """
    SELECT SUM(\(recipients)) FROM attempts AS sent
    WHERE \(accepted) AND sent.channel = 'email' AND sent.delivery <> 'sandbox'
    GROUP BY sent.intent_at / 86400000
    """

  /// The index's own condition has to stand here as it does there.
  private static let accepted = """
    sent.org_id = $1 AND sent.intent_at >= $2 AND sent.intent_at < $3 AND sent.channel IS NOT NULL
    AND (sent.outcome IN ('accepted', 'accepted_in_part') OR sent.proven_at IS NOT NULL)
    """

  /// In a rehearsal every message has one recipient.
  private static let recipients = """
    CASE WHEN sent.delivery = 'redirect' THEN 1 ELSE
      (SELECT COUNT(*) FROM outreach_addresses AS reached
       WHERE reached.org_id = sent.org_id AND reached.action_id = sent.action_id
         AND reached.revision = sent.revision AND reached.call = sent.call) END
    """
}
