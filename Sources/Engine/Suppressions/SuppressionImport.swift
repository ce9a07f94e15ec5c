import ActionProtocol
import Decisions

/// A suppression as a file names it.
public struct SuppressionRow: Hashable, Sendable {
  public var channel: OutreachChannel
  public var address: Digest
  /// Nil where the file has only the digest. Personal data.
  public var addressText: String?
  public var scope: SuppressionScope
  public var reason: SuppressionReason
  /// Nil: for good.
  public var expiresAt: Instant?
  public var evidence: String?

  public init(
    channel: OutreachChannel, address: Digest, addressText: String? = nil,
    scope: SuppressionScope = .all, reason: SuppressionReason = .manual,
    expiresAt: Instant? = nil, evidence: String? = nil
  ) {
    self.channel = channel
    self.address = address
    self.addressText = addressText
    self.scope = scope
    self.reason = reason
    self.expiresAt = expiresAt
    self.evidence = evidence
  }
}

/// Takes over lists of addresses that must not be written to.
///
/// Merges: what is there of the same address, scope and reason is prolonged, never shortened and never
/// removed, so that the same file twice changes nothing. What has ended already is passed over. It binds
/// from the import on: an approval that was given before cannot have known of it.
public struct SuppressionImport: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// - Parameters:
  ///   - keepsAddresses: whether readable addresses are kept beside the digests that are compared. Without
  ///     them nothing can be told the provider.
  ///   - note: why, 1 to 1000 characters; kept in the audit trail as personal data.
  /// - Throws: ``DecisionError``, store errors, and what the file throws.
  public func run(
    _ source: consuming some RowSource<SuppressionRow>, org: OrgID, note: String,
    dryRun: Bool = false,
    keepsAddresses: Bool = true, by author: Author, via: String,
    progress: (RowImportReport) -> Void = { _ in }
  ) async throws -> RowImportReport {
    let note = try Approvals.checked(note)
    let entropy = context.entropy
    let rows = RowImport<SuppressionRow>(
      context: context, org: org, kind: "suppressions", author: author, via: via, note: note,
      isDryRun: dryRun,
      apply: { store, row, run in
        if let end = row.expiresAt, end <= store.now { return "ended" }
        let answer = try store.insert(
          Suppression(
            org: org, id: entropy.uuid7(store.now), channel: row.channel, address: row.address,
            scope: row.scope, reason: row.reason, source: "import",
            createdAt: store.now, expiresAt: row.expiresAt,
            evidence: row.evidence ?? "import:\(run)",
            addressText: keepsAddresses ? row.addressText : nil))
        return "\(answer)"
      },
      finish: { _ in })
    return try await rows.run(source, progress)
  }
}
