import ActionProtocol
import Decisions
import Engine

extension SQLTransaction: ConsentReading, ConsentWriting {
  func consents(
    _ org: OrgID, _ channel: OutreachChannel, of address: Digest
  ) throws -> [Consent] {
    try sql.all(
      Self.selectConsent
        + " WHERE org_id = $1 AND channel = $2 AND address = $3 ORDER BY consent_id",
      [.text(org.rawValue), .text(channel.rawValue), .text(address.hex)], consent)
  }

  func consents(_ org: OrgID, after id: String?, limit: Int) throws -> [Consent] {
    try sql.all(
      Self.selectConsent
        + """
         WHERE org_id = $1 AND consent_id > $2 AND withdrawn_at IS NULL
        ORDER BY consent_id LIMIT $3
        """, [.text(org.rawValue), .text(id ?? ""), .integer(Int64(limit))], consent)
  }

  func consent(_ org: OrgID, _ id: String) throws -> Consent? {
    try sql.first(
      Self.selectConsent + " WHERE org_id = $1 AND consent_id = $2",
      [.text(org.rawValue), .text(id)], consent)
  }

  func insert(_ consent: Consent) throws {
    try sql.execute(
      """
      INSERT INTO consents (\(Self.consentColumns))
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """,
      [
        .text(consent.org.rawValue), .text(consent.id), .text(consent.channel.rawValue),
        .text(consent.address.hex), .text(consent.basis.rawValue), .text(consent.scope.rawValue),
        .instant(consent.obtainedAt), .optional(consent.expiresAt),
        .optional(consent.withdrawnAt), .text(consent.source), .optional(consent.evidence),
        .instant(consent.recordedAt), .text(consent.recordedBy.rawValue),
        .optional(consent.addressText),
      ])
  }

  func withdrawConsent(_ org: OrgID, _ id: String, at: Instant) throws -> Bool {
    try sql.execute(
      """
      UPDATE consents SET withdrawn_at = $1
      WHERE org_id = $2 AND consent_id = $3 AND withdrawn_at IS NULL
      """, [.instant(at), .text(org.rawValue), .text(id)]) == 1
  }

  /// What is on record of the recipients of messages that need a consent.
  func readConsents(_ questions: [OutreachQuestion], into facts: inout [OutreachFacts]) throws {
    var places: [Int] = []
    var arguments: [[SQLValue]] = []
    for (index, question) in questions.enumerated() where question.needsConsent {
      for address in question.addresses {
        places.append(index)
        arguments.append([
          .text(question.org.rawValue), .text(question.channel.rawValue), .text(address.hex),
        ])
      }
    }
    guard !places.isEmpty else { return }
    try sql.forEach(
      Self.selectConsent + " WHERE org_id = $1 AND channel = $2 AND address = $3",
      each: arguments
    ) { place, row in facts[places[place]].consents.append(try consent(row).fact) }
  }

  private static let consentColumns = """
    org_id, consent_id, channel, address, basis, scope, obtained_at, expires_at, withdrawn_at, \
    source, evidence, recorded_at, recorded_by, address_text
    """

  private static let selectConsent = "SELECT \(consentColumns) FROM consents"

  private func consent(_ row: any SQLRow) throws -> Consent {
    guard let org = OrgID(rawValue: row.text(0)),
      let channel = OutreachChannel(rawValue: row.text(2)), let address = Digest(hex: row.text(3)),
      let basis = ConsentBasis(rawValue: row.text(4)), let author = Author(rawValue: row.text(12))
    else { throw StoreError(code: "corrupt", detail: "a column of a consent") }
    return Consent(
      org: org, id: row.text(1), channel: channel, address: address, basis: basis,
      scope: SuppressionScope(rawValue: row.text(5)), obtainedAt: row.instant(6),
      expiresAt: row.optionalInstant(7), withdrawnAt: row.optionalInstant(8), source: row.text(9),
      evidence: row.optionalText(10), recordedAt: row.instant(11), recordedBy: author,
      addressText: row.optionalText(13))
  }
}
