import ActionProtocol
import Decisions
import Engine
import Insights
import TestSupport

/// Rows in numbers, for plans.
enum PlanSample {
  static func organisation(_ name: String) throws -> Organisation {
    Organisation(profile: .sample(name), mode: .sandbox, sender: nil, createdAt: .sample)
  }

  /// A statement that adds approved actions to an org.
  static func fill(_ org: String, _ count: Int) -> String {
    """
    INSERT INTO actions (org_id, action_id, action_type, operation, risk, status, revision, digest,
      proposal_digest, idempotency_key, title, created_by, created_at, expires_at, execute_by,
      approved_by, approved_at)
    SELECT '\(org)', '\(org)-' || lpad(n::text, 8, '0'), 'send_invoice_reminder', 'send_email',
      'low', 'approved', 1, 'd', 'd', 'k' || n, 't', 'person:local:ann', n, n, n,
      'person:local:ann', n
    FROM generate_series(1, \(count)) AS n
    """
  }
}
