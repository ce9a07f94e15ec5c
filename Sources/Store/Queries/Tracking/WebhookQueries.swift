import ActionProtocol
import Decisions
import Engine

extension SQLTransaction {
  func webhook(token: Digest) throws -> StoredWebhook? {
    try sql.first(
      Self.selectWebhook + ", authorization_digest FROM webhooks "
        + "WHERE token_digest = $1 AND removed_at IS NULL", [.text(token.hex)]
    ) { row in
      guard let authorization = Digest(hex: row.text(5)) else {
        throw StoreError(code: "corrupt", detail: "the digest of a webhook")
      }
      return StoredWebhook(endpoint: try webhook(row), token: token, authorization: authorization)
    }
  }

  func webhooks(_ org: OrgID) throws -> [WebhookEndpoint] {
    try sql.all(
      Self.selectWebhook + " FROM webhooks WHERE org_id = $1 AND removed_at IS NULL "
        + "ORDER BY created_at, webhook_id", [.text(org.rawValue)], webhook)
  }

  func insert(_ webhook: StoredWebhook) throws {
    let endpoint = webhook.endpoint
    try sql.execute(
      """
      INSERT INTO webhooks (org_id, webhook_id, scheme, token_digest, authorization_digest,
        vendor_id, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """,
      [
        .text(endpoint.org.rawValue), .text(endpoint.id), .text(endpoint.scheme.rawValue),
        .text(webhook.token.hex), .text(webhook.authorization.hex),
        .optional(endpoint.vendorID), .instant(endpoint.createdAt),
      ])
  }

  func setVendorID(_ org: OrgID, webhook id: String, _ vendorID: String) throws {
    try sql.execute(
      "UPDATE webhooks SET vendor_id = $1 WHERE org_id = $2 AND webhook_id = $3",
      [.text(vendorID), .text(org.rawValue), .text(id)])
  }

  func removeWebhook(_ org: OrgID, _ id: String) throws {
    try sql.execute(
      """
      UPDATE webhooks SET removed_at = $1
      WHERE org_id = $2 AND webhook_id = $3 AND removed_at IS NULL
      """, [.instant(now), .text(org.rawValue), .text(id)])
  }

  private static let selectWebhook =
    "SELECT org_id, webhook_id, scheme, created_at, vendor_id"

  private func webhook(_ row: any SQLRow) throws -> WebhookEndpoint {
    guard let org = OrgID(rawValue: row.text(0)), let scheme = WebhookScheme(rawValue: row.text(2))
    else { throw StoreError(code: "corrupt", detail: "a column of a webhook") }
    return WebhookEndpoint(
      org: org, id: row.text(1), scheme: scheme, createdAt: row.instant(3),
      vendorID: row.optionalText(4))
  }
}
