import ActionProtocol
import Decisions

/// A consent as a file names it.
public struct ConsentRow: Hashable, Sendable {
  public var channel: OutreachChannel
  public var address: Digest
  /// Nil where the file has only the digest. Personal data.
  public var addressText: String?
  public var basis: ConsentBasis
  public var scope: SuppressionScope
  public var obtainedAt: Instant
  public var expiresAt: Instant?
  public var evidence: String?

  public init(
    channel: OutreachChannel, address: Digest, addressText: String? = nil, basis: ConsentBasis,
    scope: SuppressionScope, obtainedAt: Instant, expiresAt: Instant? = nil,
    evidence: String? = nil
  ) {
    self.channel = channel
    self.address = address
    self.addressText = addressText
    self.basis = basis
    self.scope = scope
    self.obtainedAt = obtainedAt
    self.expiresAt = expiresAt
    self.evidence = evidence
  }
}

/// Takes over consents that were collected elsewhere.
///
/// Merges: one of the same address, scope and basis, as early and as long, is known and nothing is done;
/// so the same file twice changes nothing. One that has ended is passed over. Nothing is withdrawn.
public struct ConsentImport: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// - Parameter note: why, 1 to 1000 characters; kept in the audit trail as personal data.
  /// - Throws: ``DecisionError``, store errors, and what the file throws.
  public func run(
    _ source: consuming some RowSource<ConsentRow>, org: OrgID, note: String,
    dryRun: Bool = false, by author: Author, via: String,
    progress: (RowImportReport) -> Void = { _ in }
  ) async throws -> RowImportReport {
    try Consents.mustBePerson(author)
    let note = try Approvals.checked(note)
    let entropy = context.entropy
    let rows = RowImport<ConsentRow>(
      context: context, org: org, kind: "consents", author: author, via: via, note: note,
      isDryRun: dryRun,
      apply: { store, row, run in
        let consent = Consent(
          org: org, id: entropy.uuid7(store.now), channel: row.channel, address: row.address,
          basis: row.basis, scope: row.scope, obtainedAt: row.obtainedAt,
          expiresAt: row.expiresAt, source: "import", evidence: row.evidence ?? "import:\(run)",
          recordedAt: store.now, recordedBy: author, addressText: row.addressText)
        guard consent.isInForce(at: store.now) else { return "ended" }
        let known = try store.consents(org, row.channel, of: row.address)
        guard !known.contains(where: { $0.covers(consent) }) else { return "known" }
        try store.insert(consent)
        return "added"
      },
      finish: { _ = try $0.releaseHolds(org, .needsPerson) })
    let report = try await rows.run(source, progress)
    await context.wake.ring()
    return report
  }
}
