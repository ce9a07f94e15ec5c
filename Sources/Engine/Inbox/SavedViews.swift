import ActionProtocol
import Decisions

/// A person's way of looking at the inbox, kept under a name. Nobody else sees it.
public struct SavedView: Hashable, Sendable {
  public var org: OrgID
  public var id: String
  public var person: PersonID
  /// 1 to 60 characters; once for each person.
  public var name: String
  public var isMine: Bool
  public var includesSnoozed: Bool
  public var type: ActionType?
  public var order: InboxOrder

  public init(
    org: OrgID, id: String, person: PersonID, name: String, isMine: Bool = false,
    includesSnoozed: Bool = false, type: ActionType? = nil, order: InboxOrder = .newest
  ) {
    self.org = org
    self.id = id
    self.person = person
    self.name = name
    self.isMine = isMine
    self.includesSnoozed = includesSnoozed
    self.type = type
    self.order = order
  }
}

/// The views that persons keep of the inbox.
public struct SavedViews: Sendable {
  /// Of one person in one org.
  public static let most = 20

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// By name.
  public func list(_ org: OrgID, of person: PersonID) async throws -> [SavedView] {
    try await context.store.read { try $0.inboxViews(org, of: person) }
  }

  /// Keeps a view; one of the same name takes the place of the earlier one.
  /// - Parameter id: is not looked at; a view gets its own.
  /// - Throws: ``DecisionError``: not a person, a name that is none, too many.
  @discardableResult
  public func save(_ view: SavedView, by author: Author, via: String) async throws -> SavedView {
    try Self.mustBePerson(author)
    var view = view
    view.name = try Self.checked(view.name)
    let uuid7 = context.entropy.uuid7
    return try await context.store.write { [view] store in
      var view = view
      let known = try store.inboxViews(view.org, of: view.person)
      let earlier = known.first { $0.name == view.name }
      view.id = earlier?.id ?? uuid7(store.now)
      if earlier == view { return view }
      guard earlier != nil || known.count < Self.most else { throw Self.tooMany }
      try store.save(view)
      try Self.append("view.saved", view, author, via, store)
      return view
    }
  }

  /// - Throws: ``DecisionError``: not a person, no such view of this person.
  public func remove(
    _ org: OrgID, _ id: String, of person: PersonID, by author: Author, via: String
  ) async throws {
    try await context.store.write { store in
      guard let view = try store.inboxViews(org, of: person).first(where: { $0.id == id }) else {
        throw Self.unknown
      }
      try Self.mustBePerson(author)
      try store.remove(view)
      try Self.append("view.removed", view, author, via, store)
    }
  }

  private static func append(
    _ kind: String, _ view: SavedView, _ author: Author, _ via: String,
    _ store: any StoreTransaction
  ) throws {
    try store.append(
      [
        AuditEvent(
          kind: kind, actor: author.rawValue, via: via, subject: "view:\(view.id)",
          details: [:], personal: ["name": Array(view.name.utf8)])
      ], org: view.org)
  }

  private static func checked(_ name: String) throws -> String {
    let isText = name.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
    guard isText, (1...60).contains(name.unicodeScalars.count),
      name.contains(where: { !$0.isWhitespace })
    else {
      throw DecisionError(
        .invalid, "view.name", "A view's name has 1 to 60 characters on one line.",
        remedy: "Name it after what it shows, such as: large reminders.")
    }
    return name
  }

  private static func mustBePerson(_ author: Author) throws {
    guard author.kind == .person else {
      throw DecisionError(
        .forbidden, "view.not_a_person", "Only persons keep views.",
        remedy: "Programs name what they want with each request.")
    }
  }

  private static let tooMany = DecisionError(
    .conflict, "view.too_many", "You keep \(most) views already.",
    remedy: "Delete one, or save this one under the name of another.")

  private static let unknown = DecisionError(
    .unknown, "view.unknown", "You keep no such view.", remedy: "The inbox lists those you keep.")
}
