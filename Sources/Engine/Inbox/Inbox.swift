import ActionProtocol
import Decisions

/// One line of an inbox.
public struct InboxItem: Hashable, Sendable {
  public var state: ActionState
  /// One sentence of what will happen.
  public var sentence: String
  /// What it is about; nil where it is about no money.
  public var amount: Money?
  /// Nil where nobody did anything to it.
  public var mark: InboxMark?

  public init(state: ActionState, sentence: String, amount: Money? = nil, mark: InboxMark?) {
    self.state = state
    self.sentence = sentence
    self.amount = amount
    self.mark = mark
  }
}

/// A page of an inbox.
public struct InboxPage: Sendable {
  public var items: [InboxItem]
  /// Approvals that can still be undone; what ends first comes first, at most ``Inbox/mostUndoable``.
  public var undoable: [InboxItem]
  /// How many wait for a decision and are not snoozed, on all pages and whatever the filter.
  public var waiting: Int
  /// Where the next page begins; nil: this is the last.
  public var next: ActionCursor?
}

/// What waits for people: looking, putting off, handing over. Nothing here decides.
public struct Inbox: Sendable {
  public static let mostUndoable = 10

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// A page of what waits for a decision, in the filter's order.
  public func page(_ org: OrgID, _ filter: InboxFilter) async throws -> InboxPage {
    var asked = filter
    asked.limit = filter.limit + 1
    return try await context.store.read { [asked] store in
      let found = try store.inbox(org, asked)
      let states = Array(found.prefix(filter.limit))
      let undoable = try store.undoable(org, limit: Self.mostUndoable)
      let marks = try store.inboxMarks(org, states.map(\.id))
      let all = states + undoable
      let items = try zip(all, store.revisions(of: all)).map { state, revision in
        let proposal = try Approvals.proposal(of: state, revision)
        return InboxItem(
          state: state, sentence: proposal.sentence,
          amount: proposal.estimatedImpact?.revenueChange, mark: marks[state.id])
      }
      return InboxPage(
        items: Array(items.prefix(states.count)), undoable: Array(items.dropFirst(states.count)),
        waiting: try store.inboxCount(org),
        next: found.count > filter.limit ? states.last.map { ActionCursor($0) } : nil)
    }
  }

  /// Puts an action out of everybody's sight until a moment, or with nil back into it. Its time to be
  /// decided goes on; another revision is seen at once.
  /// - Throws: ``DecisionError``: unknown, not pending, the moment has passed or is too late.
  @discardableResult
  public func snooze(
    _ org: OrgID, _ id: ActionID, until: Instant?, by: Author, via: String
  ) async throws -> InboxMark {
    try Approvals.mustBePerson(by)
    return try await change(org, id, by, via) { state, mark, store in
      if let until {
        guard until > store.now else { throw Self.past(until) }
        guard until < state.expiresAt else { throw Self.tooLong(until, state) }
      }
      mark.revision = state.revision
      mark.snoozedUntil = until
      return until.map { ("action.snoozed", ["until": .string($0.rfc3339)]) }
        ?? ("action.woken", [:])
    }
  }

  /// Hands an action over to a person who may decide it, or with nil back to everybody who may. Others
  /// may still decide it.
  /// - Throws: ``DecisionError``: unknown, not pending, a person without a role that is asked for.
  @discardableResult
  public func assign(
    _ org: OrgID, _ id: ActionID, to person: PersonID?, by: Author, via: String
  ) async throws -> InboxMark {
    try Approvals.mustBePerson(by)
    let roles = context.roles
    return try await change(org, id, by, via) { state, mark, store in
      if let person { try Self.mustDecide(person, state, roles, store) }
      mark.assignedTo = person
      return person.map { ("action.assigned", ["to": .string($0.rawValue)]) }
        ?? ("action.unassigned", [:])
    }
  }

  /// Who could approve an action that waits, by name; nobody while the installation has no persons.
  /// - Throws: ``DecisionError``: unknown; store errors.
  public func candidates(_ org: OrgID, _ id: ActionID) async throws -> [PersonID] {
    let roles = context.roles
    return try await context.store.read { store in
      guard let state = try store.action(org, id) else {
        throw DecisionError.unknown(id.rawValue)
      }
      guard let deciders = try roles.deciders(of: org, store) else { return [] }
      let request = try store.request(org, id, revision: state.revision)
      let quorum = ApprovalQuorum(request?.requirement ?? .standard, deciders: deciders)
      return deciders.keys.filter { !quorum.roles(of: $0).isEmpty }
        .compactMap { PersonID($0) }.sorted()
    }
  }

  private func change(
    _ org: OrgID, _ id: ActionID, _ by: Author, _ via: String,
    _ body:
      @escaping @Sendable (ActionState, inout InboxMark, any StoreTransaction) throws
      -> (kind: String, details: JSONObject)
  ) async throws -> InboxMark {
    try await context.store.write { store in
      guard let state = try store.action(org, id) else {
        throw DecisionError.unknown(id.rawValue)
      }
      guard state.status == .pendingApproval else {
        throw DecisionError.wrongStatus(state, wanted: "put off or handed over")
      }
      let old = try store.inboxMark(org, id)
      var mark = old ?? InboxMark(state)
      let note = try body(state, &mark, store)
      guard mark != old ?? InboxMark(state) else { return mark }
      try store.save(mark)
      try Desk(store: store).append(state, note.kind, by: by, via: via, details: note.details)
      return mark
    }
  }

  private static func mustDecide(
    _ person: PersonID, _ state: ActionState, _ roles: any RoleDirectory, _ store: any StoreReading
  ) throws {
    guard let deciders = try roles.deciders(of: state.org, store) else {
      throw DecisionError(
        .conflict, "assign.no_persons", "The installation has no persons to hand anything over to.",
        remedy: "Add them first: aiom person add NAME --role approver.")
    }
    let requirement =
      try store.request(state.org, state.id, revision: state.revision)?.requirement ?? .standard
    let quorum = ApprovalQuorum(requirement, deciders: deciders)
    guard let author = person.author, !quorum.roles(of: author).isEmpty else {
      let able = deciders.keys.filter { !quorum.roles(of: $0).isEmpty }.map(\.rawValue).sorted()
      throw DecisionError(
        .conflict, "assign.no_role",
        "\(person.rawValue) could not approve this: it needs "
          + PolicySentences.requirement(requirement) + ".",
        remedy: able.isEmpty
          ? "Give somebody the role: aiom person role."
          : "Take one of: \(able.joined(separator: ", ")).")
    }
  }

  private static func past(_ until: Instant) -> DecisionError {
    DecisionError(
      .invalid, "snooze.past", "\(until.rfc3339) has passed.", remedy: "Name a later moment.")
  }

  private static func tooLong(_ until: Instant, _ state: ActionState) -> DecisionError {
    DecisionError(
      .conflict, "snooze.too_long",
      "The action expires at \(state.expiresAt.rfc3339), before \(until.rfc3339): it would never be "
        + "seen again.",
      remedy: "Name an earlier moment, or reject it; the finding comes back when its facts change.")
  }
}
