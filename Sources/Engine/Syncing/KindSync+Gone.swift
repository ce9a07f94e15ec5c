import ActionProtocol
import Decisions

/// Records that the source does not have any more.
extension KindSync {
  func isCheckDue(_ cursor: SyncCursor, _ now: Instant) -> Bool {
    guard !options.isFull, let last = cursor.checkedAt else { return true }
    return last.advanced(by: options.checkInterval) <= now
  }

  /// Compares ids, a span at a time. What the ledger has and the source does not is asked for once more
  /// by id; what the source has and the ledger does not is taken over.
  func findGone(_ report: inout SyncKindReport) async throws {
    var above: Int64 = 0
    while true {
      try Task.checkCancellation()
      try await wait()
      report.requests += 1
      let asOf = try await now()
      let there = try await source.ids(kind, after: above, limit: options.idPageSize)
      let isLast = there.count < options.idPageSize
      let (low, high) = (above, isLast ? Int64.max : there.last ?? Int64.max)
      let held = try await context.store.read { [org, kind] in
        try $0.syncedIDs(org, kind, above: low, through: high)
      }
      if above == 0, there.isEmpty, !held.isEmpty, try await showsNothing(&report) {
        // Rights that were taken away look the same as records that were deleted, all of them.
        report.isGoneDoubtful = true
        return
      }
      try await settle(
        absent: Set(held).subtracting(there).sorted(),
        unknown: Set(there).subtracting(held).sorted(), asOf, &report)
      guard !isLast, let last = there.last else { return }
      above = last
    }
  }

  /// Whether the source shows no record of the kind at all, wanted or not.
  private func showsNothing(_ report: inout SyncKindReport) async throws -> Bool {
    try await wait()
    report.requests += 1
    return try await source.newestChange(of: kind) == nil
  }

  private func settle(
    absent: [Int64], unknown: [Int64], _ asOf: Instant, _ report: inout SyncKindReport
  ) async throws {
    for part in (absent + (kind == .tasks ? [] : unknown)).split(by: options.pageSize) {
      try await wait()
      report.requests += 1
      let page = try await source.records(kind, ids: part)
      report.leave(out: page.leftOut)
      report.add(try await store(page, asOf, nil, &report))
      let shown = Set(page.rows.map(\.id)).union(page.leftOut.keys)
      let gone = part.filter { absent.contains($0) && !shown.contains($0) }
      if kind == .partners {
        try await PartnerSuccession(self).settle(gone, asOf, &report)
      } else {
        report.gone += try await context.store.write { [org, kind] in
          try $0.markGone(org, kind, gone, asOf: asOf)
        }
      }
    }
  }
}
