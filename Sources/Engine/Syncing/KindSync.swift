import ActionProtocol
import Decisions
import Logging

/// Takes over the records of one kind.
struct KindSync: Sendable {
  let context: EngineContext
  let org: OrgID
  let kind: SyncKind
  let source: any SyncSource
  let options: Syncer.Options
  let wait: @Sendable () async throws -> Void
  /// Whether all records are read, and how many were.
  let progress: @Sendable (Bool, Int) -> Void

  func run() async throws -> SyncKindReport {
    var report = SyncKindReport(kind)
    try await wait()
    if let obstacle = try await source.obstacle(to: kind) {
      report.obstacle = obstacle
      return report
    }
    if kind.isSmall {
      try await readNames(&report)
      return report
    }
    var cursor = try await cursor(&report)
    try await readPages(&cursor, &report)
    if kind.findsGone, isCheckDue(cursor, try await now()) {
      try await findGone(&report)
      cursor.checkedAt = try await now()
      try await save(&cursor)
    }
    try await recheck(report)
    return report
  }

  /// The same reading, of another kind.
  func of(_ kind: SyncKind) -> KindSync {
    KindSync(
      context: context, org: org, kind: kind, source: source, options: options, wait: wait,
      progress: progress)
  }

  /// What waits for one of the customers that changed is looked at again; of many changes, everything.
  /// Whoever misses it is checked when its own time comes.
  private func recheck(_ report: SyncKindReport) async throws {
    let partners = report.touched.sorted { $0.rawValue < $1.rawValue }
    guard !partners.isEmpty else { return }
    _ = try await context.store.write { [org] store in
      try store.recheck(org, partners: partners.count > SyncKindReport.mostTouched ? nil : partners)
    }
  }

  func now() async throws -> Instant { try await context.store.read { $0.now } }

  // MARK: - Small kinds

  private func readNames(_ report: inout SyncKindReport) async throws {
    report.wasFull = true
    var last: Int64 = 0
    while true {
      let asOf = try await now()
      let page = try await page(.all(after: last), &report)
      report.add(
        try await context.store.write { [org] in try $0.store(org, page.rows, asOf: asOf) })
      guard page.extent.count == options.pageSize, let end = page.extent.lastID, end > last else {
        return
      }
      last = end
    }
  }

  func page(
    _ place: SyncCursor.Place, _ report: inout SyncKindReport
  ) async throws -> SyncPage {
    try Task.checkCancellation()
    try await wait()
    report.requests += 1
    let page = try await source.page(SyncRequest(kind, place, limit: options.pageSize))
    report.read += page.extent.count
    report.leave(out: page.leftOut)
    return page
  }

  // MARK: - Pages

  /// Where this reading begins: at the beginning where nothing was read yet, where somebody asks for it,
  /// or where other records are wanted now.
  private func cursor(_ report: inout SyncKindReport) async throws -> SyncCursor {
    let stored = try await context.store.read { [org, kind] in try $0.syncCursor(org, kind) }
    let basis = try await source.basis(of: kind)
    if var cursor = stored, cursor.basis == basis, !options.isFull || cursor.isReadingAll {
      cursor.begin()
      report.wasFull = cursor.isReadingAll
      return cursor
    }
    report.wasFull = true
    try await wait()
    report.requests += 1
    let newest = try await source.newestChange(of: kind) ?? 0
    return SyncCursor(
      newest: newest, basis: basis, movedAt: try await now(),
      confirmedAt: stored?.basis == basis ? stored?.confirmedAt : nil,
      version: stored?.version ?? 0)
  }

  private func readPages(
    _ cursor: inout SyncCursor, _ report: inout SyncKindReport
  ) async throws {
    let began = try await now()
    var isLast = false
    while !isLast {
      let asOf = try await now()
      let page = try await page(cursor.place, &report)
      if !cursor.isReadingAll {
        try await PartnerSuccession(self).settle(leftBy: page.rows, &report)
      }
      var next = cursor
      isLast = next.advance(
        past: page.extent, limit: options.pageSize, began: began, now: asOf)
      if isLast { next.confirmedAt = began }
      next.version += 1
      report.add(try await store(page, asOf, next, &report))
      cursor = next
      progress(cursor.isReadingAll, report.read)
    }
  }

  /// The rows and, in the same transaction, how far the reading is with them.
  func store(
    _ page: SyncPage, _ asOf: Instant, _ cursor: SyncCursor?, _ report: inout SyncKindReport
  ) async throws -> SyncCounts {
    let resolution = SyncResolution(context: context, org: org, source: source, wait: wait)
    let leftOut = page.leftOut
    let answer = try await resolution.resolve(page.rows)
    report.leave(out: answer.leftOut)
    report.requests += answer.requests
    // What cannot stand in the ledger any more must not stay there as it was.
    let lost = Set(leftOut.keys).union(
      answer.leftOut.filter { $0.value == "\(kind.rawValue)_incomplete" }.keys
    ).sorted()
    return try await context.store.write { [org, kind] store in
      if let cursor, try !store.save(cursor, org, kind) { throw Self.overtaken }
      _ = try store.markGone(org, kind, lost, asOf: asOf)
      return try store.store(org, answer.rows, asOf: asOf)
    }
  }

  private func save(_ cursor: inout SyncCursor) async throws {
    cursor.version += 1
    let next = cursor
    try await context.store.write { [org, kind] store in
      guard try store.save(next, org, kind) else { throw Self.overtaken }
    }
  }

  private static let overtaken = DecisionError(
    .conflict, "sync.overtaken", "Another process took the records over meanwhile.",
    remedy: "Look at it: aiom job list.")
}
