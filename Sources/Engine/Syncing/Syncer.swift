import ActionProtocol
import Decisions
import Logging

/// Takes an org's records over from its own system, the source, into the ledger that all analysis reads.
///
/// Each page of records is a transaction, together with how far the reading is: cut off at any point it
/// goes on there, and a page that means nothing leaves everything as it was. Memory is constant. What
/// was late, because its transaction at the source took long, is found by looking back; what is gone, by
/// comparing ids.
public struct Syncer: Sendable {
  public struct Options: Sendable {
    /// Read all records, not only what changed.
    public var isFull = false
    public var pageSize = 500
    /// How many ids are compared at once.
    public var idPageSize = 5000
    /// So often it is looked for what is gone; always by a full reading.
    public var checkInterval = Duration.seconds(6 * 3600)
    /// What waiting between requests is done by.
    public var sleep: @Sendable (Duration) async throws -> Void = {
      try await Task.sleep(for: $0)
    }

    public init(isFull: Bool = false) { self.isFull = isFull }
  }

  let context: EngineContext
  let options: Options

  public init(_ context: EngineContext, _ options: Options = Options()) {
    self.context = context
    self.options = options
  }

  /// Reads everything that the source shows, one kind after the other.
  /// - Parameter progress: called after each page.
  /// - Returns: nil where the org's books are its own ledger.
  /// - Throws: ``DecisionError``, and what source and store throw; pages that were stored stay.
  public func run(
    _ org: OrgID, progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
  ) async throws -> SyncReport? {
    let (organisation, settings, isForeign) = try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      return (organisation, try store.syncSettings(org), try store.hasForeignRecords(org))
    }
    guard let source = try await context.syncing?.source(organisation, settings) else {
      return nil
    }
    do {
      if isForeign { throw Self.foreign }
      let report = try await read(organisation.id, source, settings, progress)
      await source.close()
      return report
    } catch {
      await source.close()
      throw error
    }
  }

  private func read(
    _ org: OrgID, _ source: any SyncSource, _ settings: SyncSettings,
    _ progress: @escaping @Sendable (SyncProgress) -> Void
  ) async throws -> SyncReport {
    let began = ContinuousClock.now
    var report = SyncReport()
    let pace = SyncPace(perMinute: settings.requestsPerMinute, sleep: options.sleep)
    for kind in SyncKind.allCases {
      let reading = KindSync(
        context: context, org: org, kind: kind, source: source, options: options,
        wait: { try await pace.wait() },
        progress: { progress(SyncProgress(kind: kind, isFull: $0, read: $1)) })
      report.kinds.append(try await reading.run())
    }
    _ = try await context.store.write { try $0.releaseHolds(org, .staleFacts) }
    try await Superseding(context).withdraw(org)
    report.duration = ContinuousClock.now - began
    return report
  }

  private static let foreign = DecisionError(
    .conflict, "sync.ledger_has_other_records",
    "The ledger of the organisation holds records that were imported from files.",
    remedy: "Make an organisation of its own for this Odoo: aiom org create.")
}
