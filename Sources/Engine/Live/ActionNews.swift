import ActionProtocol
import Decisions

/// What became of actions in a span of an org's audit log.
public struct ActionNews: Sendable {
  /// One action, with what was decided on it, else the last thing that was recorded of it.
  public struct Item: Sendable {
    /// The number of its last entry.
    public var sequence: Int64
    /// As it is now.
    public var state: ActionState
    /// `action.approved`.
    public var kind: String
    /// `person:ann`.
    public var actor: String
    public var at: Instant
    /// Whether it was proposed or changed in the span, so that it may be new to a list.
    public var isNew: Bool
  }

  public var organisation: Organisation
  /// The last number of the log.
  public var last: Int64
  /// Not told: what has this number or a smaller one. Equal to what was asked, but where more happened
  /// than is looked at.
  public var from: Int64
  /// By the number of the last entry, each action once.
  public var items: [Item]
  /// Whether somebody's session, token, role or access changed.
  public var concernsAccess: Bool
}

/// Reads what is new from the end of the audit log, which is numbered without gaps in the order of
/// commits: nothing is missed, and the cost depends on what is new alone. Changes nothing.
public struct ActionFeed: Sendable {
  /// So many entries are looked at; who is further behind has to look at the whole again.
  public static let most = 500

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// The number of the last entry; 0 where there is none.
  public func last(_ org: OrgID) async throws -> Int64 {
    try await context.store.read { try $0.lastAuditNumber(org) }
  }

  /// What came after a number; nil where nothing did.
  public func news(_ org: OrgID, after number: Int64) async throws -> ActionNews? {
    try await context.store.read { store in
      let last = try store.lastAuditNumber(org)
      guard last > number, let organisation = try store.organisation(org) else { return nil }
      let records = try store.audit(org, action: nil, in: number + 1...last, limit: Self.most)
      let lines = records.reversed().map(AuditLine.init)
      let items = try Self.items(org, lines, store)
      return ActionNews(
        organisation: organisation, last: last,
        from: lines.first.map { $0.record.sequence - 1 } ?? last, items: items,
        concernsAccess: lines.contains { Self.concernsAccess($0.kind) })
    }
  }

  private static func items(
    _ org: OrgID, _ lines: [AuditLine], _ store: any StoreReading
  ) throws -> [ActionNews.Item] {
    var latest: [ActionID: Int64] = [:]
    var telling: [ActionID: AuditLine] = [:]
    var new: Set<ActionID> = []
    for line in lines {
      guard let id = line.action else { continue }
      latest[id] = line.record.sequence
      if decisions.contains(line.kind) || !decisions.contains(telling[id]?.kind ?? "") {
        telling[id] = line
      }
      if line.kind == "action.proposed" || line.kind == "action.revised" { new.insert(id) }
    }
    return try store.actions(org, ids: latest.keys.sorted { $0.rawValue < $1.rawValue })
      .compactMap { state in
        telling[state.id].map { line in
          ActionNews.Item(
            sequence: latest[state.id] ?? line.record.sequence, state: state, kind: line.kind,
            actor: line.actor, at: line.record.at, isNew: new.contains(state.id))
        }
      }.sorted { $0.sequence < $1.sequence }
  }

  /// What somebody who looks at a card wants to be told before what follows from it.
  private static let decisions: Set = [
    "action.approved", "action.rejected", "action.withdrawn", "action.revised", "action.expired",
    "action.snoozed",
  ]

  private static func concernsAccess(_ kind: String) -> Bool {
    ["session.", "person.", "role.", "token."].contains { kind.hasPrefix($0) }
  }
}

extension StoreReading {
  fileprivate func lastAuditNumber(_ org: OrgID) throws -> Int64 {
    try auditNumbers(org, from: nil, to: nil)?.upperBound ?? 0
  }
}

extension AuditLine {
  /// The action it is about; nil where it is about something else.
  fileprivate var action: ActionID? {
    subject.hasPrefix("action:") ? ActionID(rawValue: String(subject.dropFirst(7))) : nil
  }
}
