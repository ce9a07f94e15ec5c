import ActionProtocol
import Addressing
import Decisions
import Logging

/// Brings the provider's list of suppressions and ours together.
///
/// Everything the provider lists is pulled, merging: nothing of ours is overwritten or deleted, and
/// what the provider forgets stays here. The provider sends nothing at all to what it lists, whyever,
/// so that each entry counts for every message. Of ours only what is for every message and for good
/// is pushed; nothing is ever removed there. A key that may not do this disables it and says so;
/// sending goes on.
public struct SuppressionSync: Sendable {
  public static let interval: Duration = .seconds(3600)
  /// A permission may be given later.
  public static let intervalWhenForbidden: Duration = .seconds(86_400)
  static let source = "vendor"
  /// So many share a transaction.
  private static let chunk = 100
  private static let pushesAtOnce = 200
  /// Against a provider whose pages never end.
  private static let mostPages = 2000

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// What one run did.
  public struct Report: Hashable, Sendable {
    public var state: SuppressionSyncState
    /// New here.
    public var added = 0
    /// Told the provider.
    public var pushed = 0
    /// What the provider would not take.
    public var refused = 0
  }

  /// Runs once.
  /// - Throws: store errors and cancellation; what the provider does not do is in the report.
  @discardableResult
  public func sync(_ org: OrgID) async throws -> Report {
    let (organisation, before, now) = try await context.store.read { store in
      (try store.organisation(org), try store.suppressionSync(org), store.now)
    }
    guard let organisation else { throw Approvals.noOrg(org) }
    var report = Report(
      state: SuppressionSyncState(
        org: org, pullCode: nil, pushCode: nil, lookedAt: now, wholeAt: before?.wholeAt,
        listed: before?.listed ?? 0))
    // A rehearsal of a live org must not learn from a sandbox's list, nor tell it.
    let isRehearsal = organisation.mode == .live && context.configuration.delivery != .live
    switch context.channels.channel(for: organisation) {
    case _ where isRehearsal:
      report.state.pullCode = "rehearsal"
      report.state.pushCode = "rehearsal"
    case .failure(let refusal):
      report.state.pullCode = "no_channel.\(refusal.code)"
      report.state.pushCode = report.state.pullCode
    case .success(let channel):
      if let list = channel.suppressions {
        try await pull(list, &report)
        try await push(list, &report)
      } else {
        report.state.pullCode = "no_list"
        report.state.pushCode = "no_list"
      }
    }
    try await record(report, before)
    return report
  }

  // MARK: - Pulling

  private func pull(_ list: any VendorSuppressions, _ report: inout Report) async throws {
    var token: String?
    var seen: Set<String> = []
    var listed = 0
    for _ in 0..<Self.mostPages {
      try Task.checkCancellation()
      switch await list.page(token, until: report.state.lookedAt) {
      case .done(let page):
        listed += page.entries.count
        report.added += try await keep(page.entries, report.state.org)
        guard let next = page.next, seen.insert(next).inserted else {
          report.state.wholeAt = report.state.lookedAt
          report.state.listed = listed
          return
        }
        token = next
      case .notPermitted:
        report.state.pullCode = SuppressionSyncState.notPermitted
        return
      case .refused(let code), .failed(let code):
        report.state.pullCode = code
        return
      }
    }
    report.state.pullCode = "too_many_pages"
  }

  private func keep(_ entries: [VendorSuppression], _ org: OrgID) async throws -> Int {
    var added = 0
    var start = 0
    while start < entries.count {
      let part = Array(entries[start..<min(start + Self.chunk, entries.count)])
      added += try await keepChunk(part, org)
      start += part.count
    }
    return added
  }

  private func keepChunk(_ entries: [VendorSuppression], _ org: OrgID) async throws -> Int {
    let entropy = context.entropy
    return try await context.store.write { store in
      var added = 0
      for entry in entries {
        let suppression = entry.suppression(org, id: entropy.uuid7(store.now), at: store.now)
        // A first reading may bring tens of thousands: they share one entry of the audit trail.
        if try store.insert(suppression) == .added { added += 1 }
        try store.markPushed(org, address: suppression.address)
      }
      if added > 0 {
        try store.append(
          [Self.event("suppression.imported", org, ["added": .integer(Int64(added))])], org: org)
      }
      return added
    }
  }

  // MARK: - Pushing

  private func push(_ list: any VendorSuppressions, _ report: inout Report) async throws {
    let org = report.state.org
    // A rehearsal changes nothing in the account that messages really go through.
    guard context.configuration.delivery != .redirect else { return }
    let due = try await context.store.read {
      try $0.suppressionsToPush(org, limit: Self.pushesAtOnce)
    }
    for suppression in due {
      try Task.checkCancellation()
      guard let text = suppression.addressText else { continue }
      let address = (try? Mailbox(text))?.address.rawValue ?? text
      switch await list.add(address, why: suppression.reason) {
      case .done: report.pushed += 1
      // Asking again would not help; ours binds all the same.
      case .refused: report.refused += 1
      case .notPermitted:
        report.state.pushCode = SuppressionSyncState.notPermitted
        return
      case .failed(let code):
        report.state.pushCode = code
        return
      }
      try await context.store.write { store in
        try store.markPushed(org, address: suppression.address)
      }
    }
  }

  // MARK: - Recording

  private func record(_ report: Report, _ before: SuppressionSyncState?) async throws {
    let state = report.state
    let isNews = before?.pullCode != state.pullCode || before?.pushCode != state.pushCode
    try await context.store.write { store in
      try store.save(state)
      guard isNews else { return }
      try store.append(
        [
          Self.event(
            "suppression.sync_changed", state.org,
            [
              "pull": .string(state.pullCode ?? "ok"), "push": .string(state.pushCode ?? "ok"),
            ])
        ], org: state.org)
    }
    log(report, isNews: isNews)
  }

  private func log(_ report: Report, isNews: Bool) {
    let state = report.state
    let codes = [state.pullCode, state.pushCode]
    let level: Logger.Level =
      isNews && codes.contains(SuppressionSyncState.notPermitted)
      ? .warning : isNews || report.added > 0 ? .info : .debug
    context.logger.log(
      level: level, "the provider's suppressions",
      metadata: [
        "org": "\(state.org.rawValue)", "pull": "\(state.pullCode ?? "ok")",
        "push": "\(state.pushCode ?? "ok")", "added": "\(report.added)",
        "pushed": "\(report.pushed)",
      ])
  }

  private static func event(
    _ kind: String, _ org: OrgID, _ details: JSONObject
  ) -> AuditEvent {
    AuditEvent(
      kind: kind, actor: Author.engine.rawValue, via: Self.source,
      subject: "org:\(org.rawValue)", details: details)
  }
}

extension VendorSuppression {
  fileprivate func suppression(_ org: OrgID, id: String, at now: Instant) -> Suppression {
    Suppression(
      org: org, id: id, channel: .email, address: AddressDigest.of(address, .email), scope: .all,
      reason: reason, source: SuppressionSync.source, createdAt: since.map { min($0, now) } ?? now,
      addressText: address)
  }
}
