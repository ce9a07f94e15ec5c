import ActionProtocol
import Decisions

/// How a person decided in a time: what tells looking from rubber-stamping.
public struct DecisionHabit: Hashable, Sendable {
  public let person: Author
  public let approved: Int
  public let rejected: Int
  /// Of both, how many in a stroke with others.
  public let together: Int
  /// Half of those decisions that were measured took less than this; nil: none was.
  public let medianConsidered: Duration?
  /// How many were measured.
  public let measured: Int

  public var decided: Int { approved + rejected }
  /// 0 to 1.
  public var approvalShare: Double { decided == 0 ? 0 : Double(approved) / Double(decided) }
  /// 0 to 1.
  public var togetherShare: Double { decided == 0 ? 0 : Double(together) / Double(decided) }

  init(_ person: Author, _ traces: [DecisionTrace]) {
    self.person = person
    approved = traces.count { $0.word == .approve }
    rejected = traces.count - approved
    together = traces.count { $0.together > 1 }
    let times = traces.compactMap(\.considered).sorted()
    measured = times.count
    medianConsidered = times.isEmpty ? nil : times[(times.count - 1) / 2]
  }
}

/// Shows owners how decisions are made. It judges nobody.
public struct DecisionHabits: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Entries that are looked at, newest first.
  public static let most = 50_000

  /// Everybody who decided since an instant, who decided most first.
  public func since(_ org: OrgID, _ instant: Instant) async throws -> [DecisionHabit] {
    let traces = try await context.store.read {
      try $0.decisionTraces(org, since: instant, limit: Self.most)
    }
    return Dictionary(grouping: traces, by: \.person).map { DecisionHabit($0, $1) }
      .sorted { ($1.decided, $0.person.rawValue) < ($0.decided, $1.person.rawValue) }
  }
}
