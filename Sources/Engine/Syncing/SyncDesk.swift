import ActionProtocol
import Decisions

/// How people set what is taken over from an org's Odoo, and see how far it is.
public struct SyncDesk: Sendable {
  /// How far a kind is.
  public struct Entry: Hashable, Sendable {
    public var kind: SyncKind
    /// Nil: nothing of it was read yet.
    public var cursor: SyncCursor?
  }

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  public func state(_ org: OrgID) async throws -> (settings: SyncSettings, entries: [Entry]) {
    try await context.store.read { store in
      guard try store.organisation(org) != nil else { throw Approvals.noOrg(org) }
      let entries = try SyncKind.allCases.filter { !$0.isSmall }.map {
        Entry(kind: $0, cursor: try store.syncCursor(org, $0))
      }
      return (try store.syncSettings(org), entries)
    }
  }

  /// Changes the settings, with an audit entry that has the new ones.
  /// - Throws: ``DecisionError`` for a number out of range; nothing is changed then.
  /// - Returns: false when that is how they were.
  public func set(
    _ org: OrgID, by author: Author, via: String,
    _ change: @escaping @Sendable (inout SyncSettings) -> Void
  ) async throws -> Bool {
    try Approvals.mustBePerson(author)
    return try await context.store.write { store in
      guard try store.organisation(org) != nil else { throw Approvals.noOrg(org) }
      let old = try store.syncSettings(org)
      var new = old
      change(&new)
      try Self.check(new)
      guard new != old else { return false }
      try store.save(new, org)
      // A shorter pause lets go what it held.
      _ = try store.releaseHolds(org, .paused)
      try store.append(
        [
          AuditEvent(
            kind: "sync.set", actor: author.rawValue, via: via, subject: "sync", details: new.json)
        ], org: org)
      return true
    }
  }

  private static func check(_ settings: SyncSettings) throws {
    let minutes = settings.answerPause.components.seconds / 60
    guard SyncSettings.pauses.contains(minutes) else {
      throw refusal("answer_pause", "The pause must be from 0 to 90 days.")
    }
    guard SyncSettings.paces.contains(settings.requestsPerMinute) else {
      throw refusal("requests", "The requests in a minute must be from 1 to 6000.")
    }
    guard settings.companies.allSatisfy({ $0 > 0 }) else {
      throw refusal("companies", "A company's id is a number above 0.")
    }
    let tags = settings.disputeTags + settings.neverRemindTags
    guard tags.allSatisfy({ !$0.isEmpty && $0.count <= 100 && !$0.contains(where: \.isNewline) })
    else { throw refusal("tags", "A tag is one line of at most 100 characters.") }
  }

  private static func refusal(_ code: String, _ message: String) -> DecisionError {
    DecisionError(
      .invalid, "sync.\(code)", message, remedy: "See: aiom odoo sync-set --help")
  }
}

extension SyncSettings {
  public var json: JSONObject {
    [
      "companies": .array(companies.map { .integer($0) }),
      "dispute_tags": .array(disputeTags.map { .string($0) }),
      "never_remind_tags": .array(neverRemindTags.map { .string($0) }),
      "answer_pause_minutes": .integer(answerPause.components.seconds / 60),
      "requests_per_minute": .integer(Int64(requestsPerMinute)),
    ]
  }
}
