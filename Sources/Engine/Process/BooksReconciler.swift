import ActionProtocol
import Decisions
import Logging

/// Looks in the books outside for changes whose outcome nobody knows.
///
/// What is found is done. What is not there and has an id of its own goes back to the pipeline, which
/// checks everything again and finds or makes it; for anything else a person is asked after half an
/// hour. Nothing is written here.
public struct BooksReconciler: Sendable {
  /// After the last look a person is asked.
  static let schedule = ReconciliationSchedule(waits: [
    .seconds(15), .seconds(60), .seconds(120), .seconds(300), .seconds(900), .seconds(1800),
  ])
  static let subject = "odoo"
  /// A look that nobody finished, because its process died, is made again after so long.
  private static let patience: Duration = .seconds(60)
  /// What was called may still be under way there at the first look.
  private static let looksBeforeRepeating = 2

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Looks once, now, for all changes of unknown outcome of an org.
  /// - Returns: how many were settled.
  @discardableResult
  public func reconcile(_ org: OrgID) async throws -> Int {
    let (organisation, found) = try await context.store.read { store in
      (try store.organisation(org), try Self.unsettled(org, store))
    }
    guard let organisation, !found.isEmpty else { return 0 }
    guard case .success(let books) = await context.books.books(of: organisation) else {
      return try await settle(found, with: { _ in .failed(code: "odoo_not_reached") })
    }
    return try await settle(found, with: { await books.look(for: $0) })
  }

  /// Does what a timer asks for, and sets the next one.
  func reconcile(_ timer: DurableTimer) async throws {
    let held = try await context.store.write { store -> DurableTimer? in
      // Of several processes that read it, one looks.
      guard try store.remove(timer) else { return nil }
      var held = timer
      held.due = store.now.advanced(by: Self.patience)
      try store.put(held)
      return held
    }
    guard let held else { return }
    try await reconcile(timer.org)
    try await context.store.write { store in
      try store.remove(held)
      try Self.arm(timer.org, store)
    }
  }

  /// Sets the timer of an org's next look; one that is set earlier stays.
  static func arm(_ org: OrgID, _ store: any StoreTransaction) throws {
    let dues = try unsettled(org, store).map {
      schedule.due(afterLooks: $0.looks, end: $0.unknownSince)
    }
    guard let due = dues.min() else { return }
    try store.put(
      DurableTimer(
        org: org, kind: .reconcileBooks, subject: subject,
        due: max(due, store.now.advanced(by: .seconds(1)))))
  }

  private static func unsettled(
    _ org: OrgID, _ store: any StoreReading
  ) throws -> [AttemptRecord] {
    try store.unsettledAttempts(org).filter {
      $0.intent.channel == nil && $0.outcome == "unknown"
    }
  }

  // MARK: - One by one

  private func settle(
    _ attempts: [AttemptRecord], with look: (BooksChange) async -> BooksSearch
  ) async throws -> Int {
    var settled = 0
    for attempt in attempts {
      let (org, operation) = (attempt.intent.org, attempt.intent.operation)
      let change = try await context.store.read { store in
        try BooksChange.stored(
          org, operation.action, revision: operation.revision,
          before: store.booksWrite(org, operation)?.before ?? [:], store)
      }
      guard let change else { continue }
      let answer = await look(change)
      if try await context.store.write({ try Self.record(answer, attempt.intent, $0) }) {
        settled += 1
      }
    }
    context.logger.info(
      "looked in books outside",
      metadata: ["looked": "\(attempts.count)", "settled": "\(settled)"])
    return settled
  }

  /// - Returns: whether it is settled now.
  private static func record(
    _ answer: BooksSearch, _ intent: AttemptIntent, _ store: any StoreTransaction
  ) throws -> Bool {
    // Somebody may have settled it since it was read.
    guard let attempt = try store.attempt(intent.org, intent.operation), attempt.isUnsettled else {
      return false
    }
    if case .found(let id) = answer {
      try AcceptanceProof(store: store).apply(intent, providerID: id, source: "books_search")
      if var write = try store.booksWrite(intent.org, intent.operation) {
        write.state = .written
        write.record = id
        try store.save(write)
      }
      return true
    }
    let looks = max(schedule.looksDue(at: store.now, end: attempt.unknownSince), 1)
    if looks > attempt.looks {
      try store.count(looks: looks, intent.org, intent.operation)
    }
    if answer == .absent(isRepeatable: true), looks >= looksBeforeRepeating {
      try Recovery.giveBack(intent, store, code: "odoo_absent")
      return true
    }
    if looks >= schedule.waits.count {
      let code = if case .failed(let code) = answer { code } else { "not_found" }
      _ = try PersonAsked.ask(attempt, why: code, store)
    }
    return false
  }
}
