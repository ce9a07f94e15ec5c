import ActionProtocol
import Decisions

/// Looks at what policies decided; changes nothing.
public struct PolicyHistory: Sendable {
  let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Why an action was decided on as it was: the stored facts under the version that decided.
  ///
  /// - Returns: nil where the action was made before policies were stored.
  /// - Throws: ``DecisionError`` where there is no such action.
  public func explanation(
    _ org: OrgID, _ id: ActionID, revision: Int? = nil
  ) async throws -> PolicyExplanation? {
    try await context.store.read { store in
      guard try store.action(org, id) != nil else { throw DecisionError.unknown(id.rawValue) }
      return try Self.explanation(org, id, revision, store)
    }
  }

  static func explanation(
    _ org: OrgID, _ id: ActionID, _ revision: Int?, _ store: any StoreReading
  ) throws -> PolicyExplanation? {
    guard let record = try store.decision(org, id, revision: revision),
      let facts = record.readFacts()
    else { return nil }
    let policy = try PolicyShelf(store: store, org: org).active(record.version)
    return policy.engine.explain(facts, version: record.version)
  }

  /// Two policies on all that the org's policies decided, in order of time.
  ///
  /// The past is read page by page: memory does not grow with it.
  /// - Parameters:
  ///   - place: where it begins; nil: at the first decision.
  ///   - progress: told how many decisions are done, after each page.
  public func backtest(
    _ org: OrgID, old: PolicyEngine, new: PolicyEngine, after place: PastPlace? = nil,
    pageSize: Int = 2000, progress: @Sendable (Int) -> Void = { _ in }
  ) async throws -> PolicyBacktest {
    var test = PolicyBacktest(old: old, new: new)
    var current = try await page(org, after: place, pageSize)
    while let last = current.last {
      // The next page is read and understood while this one is decided on.
      async let next = page(org, after: last, pageSize)
      for decision in current.decisions { _ = test.add(decision) }
      progress(test.count)
      current = try await next
    }
    return test
  }

  struct Page: Sendable {
    var last: PastPlace?
    var decisions: [PastDecision]
    /// The revision of each decision.
    var revisions: [Int]
  }

  /// Decisions whose facts cannot be read any more are left out.
  func page(
    _ org: OrgID, after place: PastPlace?, _ limit: Int
  ) async throws -> Page {
    let records = try await context.store.read {
      try $0.pastDecisions(org, after: place, limit: limit)
    }
    let last = records.last.map(\.decision).map {
      PastPlace(at: $0.at, action: $0.action.rawValue, revision: $0.revision)
    }
    var page = Page(last: last, decisions: [], revisions: [])
    for (record, facts) in zip(records, await Self.facts(of: records.map(\.decision))) {
      let decision = record.decision
      guard let facts else { continue }
      page.decisions.append(
        PastDecision(
          id: decision.action.rawValue, at: decision.at, facts: facts, keys: decision.keys,
          outcome: record.outcome))
      page.revisions.append(decision.revision)
    }
    return page
  }

  /// So many records are understood at a time, beside others.
  private static let share = 250

  /// The facts of each record: to understand them takes longer than to read or to decide on them.
  private static func facts(of records: [DecisionRecord]) async -> [PolicyFacts?] {
    await withTaskGroup(of: (Int, [PolicyFacts?]).self) { group in
      for start in stride(from: 0, to: records.count, by: share) {
        let part = records[start..<min(start + share, records.count)]
        group.addTask { (start, part.map { $0.readFacts() }) }
      }
      var facts = [PolicyFacts?](repeating: nil, count: records.count)
      for await (start, part) in group {
        facts.replaceSubrange(start..<start + part.count, with: part)
      }
      return facts
    }
  }
}
