import ActionProtocol
import Decisions

/// Something said about an action that decides nothing.
public struct ActionRemark: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    case comment
    /// Somebody wants to know or to have something changed first.
    case question
    /// To the newest question.
    case answer
  }

  public var org: OrgID
  public var action: ActionID
  /// From 1 for each action, without gaps.
  public var number: Int
  public var kind: Kind
  public var by: Author
  /// Whom a question is for; nil for the others.
  public var to: Author?
  /// 1 to 1000 characters.
  public var text: String
  /// The revision that it was said about.
  public var revision: Int
  public var at: Instant

  public init(
    org: OrgID, action: ActionID, number: Int, kind: Kind, by: Author, to: Author? = nil,
    text: String, revision: Int, at: Instant
  ) {
    self.org = org
    self.action = action
    self.number = number
    self.kind = kind
    self.by = by
    self.to = to
    self.text = text
    self.revision = revision
    self.at = at
  }
}

/// How an action stands in people's inboxes. It decides nothing.
public struct InboxMark: Hashable, Sendable {
  public var org: OrgID
  public var action: ActionID
  /// What `snoozed` is about; another revision is seen at once.
  public var revision: Int
  /// Until when nobody is shown it; nil: it is shown.
  public var snoozedUntil: Instant?
  /// Whose it is; nil: anybody's who may decide.
  public var assignedTo: PersonID?
  /// Whether the newest question has no answer.
  public var hasQuestion: Bool

  public init(
    org: OrgID, action: ActionID, revision: Int, snoozedUntil: Instant? = nil,
    assignedTo: PersonID? = nil, hasQuestion: Bool = false
  ) {
    self.org = org
    self.action = action
    self.revision = revision
    self.snoozedUntil = snoozedUntil
    self.assignedTo = assignedTo
    self.hasQuestion = hasQuestion
  }
}

/// In which order an inbox is shown.
public enum InboxOrder: String, CaseIterable, Hashable, Sendable {
  case newest, oldest
}

/// What an inbox is narrowed by.
public struct InboxFilter: Hashable, Sendable {
  /// Also what is snoozed.
  public var includesSnoozed: Bool
  public var assignedTo: PersonID?
  public var type: ActionType?
  public var partner: PartnerID?
  public var order = InboxOrder.newest
  /// Only what comes after this one in the order.
  public var before: ActionCursor?
  /// 1 to 1000.
  public var limit: Int

  public init(
    includesSnoozed: Bool = false, assignedTo: PersonID? = nil, type: ActionType? = nil,
    partner: PartnerID? = nil, before: ActionCursor? = nil, limit: Int = 50
  ) {
    self.includesSnoozed = includesSnoozed
    self.assignedTo = assignedTo
    self.type = type
    self.partner = partner
    self.before = before
    self.limit = limit
  }
}

/// Where a page of a list ends.
public struct ActionCursor: Hashable, Sendable {
  public var createdAt: Instant
  public var action: ActionID

  public init(createdAt: Instant, action: ActionID) {
    self.createdAt = createdAt
    self.action = action
  }

  public init(_ state: ActionState) { self.init(createdAt: state.createdAt, action: state.id) }

  /// `MILLISECONDS.ACTION`, opaque to whoever is given it.
  public var text: String { "\(createdAt.milliseconds).\(action.rawValue)" }

  /// Reads what ``text`` writes; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", maxSplits: 1)
    guard parts.count == 2, let time = Int64(parts[0]),
      let action = ActionID(rawValue: String(parts[1]))
    else { return nil }
    self.init(createdAt: Instant(milliseconds: time), action: action)
  }
}

/// What a person decided of one request, for looking at how decisions are made.
public struct DecisionTrace: Hashable, Sendable {
  public var person: Author
  public var word: ApprovalEntry.Word
  /// How many were decided in the same stroke; 1 for one alone.
  public var together: Int
  /// How long the card was open before; nil where nobody measured.
  public var considered: Duration?

  public init(
    person: Author, word: ApprovalEntry.Word, together: Int, considered: Duration?
  ) {
    self.person = person
    self.word = word
    self.together = together
    self.considered = considered
  }
}

public protocol InboxReading {
  /// What was said about an action, oldest first.
  func remarks(_ org: OrgID, _ action: ActionID) throws -> [ActionRemark]
  func inboxMark(_ org: OrgID, _ action: ActionID) throws -> InboxMark?
  /// The marks of some actions.
  func inboxMarks(_ org: OrgID, _ actions: [ActionID]) throws -> [ActionID: InboxMark]
  /// A person's views of the inbox, by name.
  func inboxViews(_ org: OrgID, of person: PersonID) throws -> [SavedView]
  /// What waits for a decision, in the filter's order.
  func inbox(_ org: OrgID, _ filter: InboxFilter) throws -> [ActionState]
  /// Approved, and still within the time to undo it; what ends first comes first.
  func undoable(_ org: OrgID, limit: Int) throws -> [ActionState]
  /// How many wait for a decision and are not snoozed.
  func inboxCount(_ org: OrgID) throws -> Int
  /// Decisions of persons since an instant, newest first.
  func decisionTraces(_ org: OrgID, since: Instant, limit: Int) throws -> [DecisionTrace]
}

public protocol InboxWriting {
  func insert(_ remark: ActionRemark) throws
  /// Sets an action's mark in place of an earlier one.
  func save(_ mark: InboxMark) throws
  /// Sets a person's view in place of one of the same name, which keeps its id.
  func save(_ view: SavedView) throws
  func remove(_ view: SavedView) throws
}
