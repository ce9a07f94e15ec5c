import ActionProtocol
import Decisions

/// What people and agents say to each other about an action. It decides nothing; the words stand with
/// the action and, sealed, in the audit trail.
public struct Remarks: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Says something.
  /// - Parameter text: 1 to 1000 characters.
  /// - Throws: ``DecisionError``: unknown action, no text; store errors.
  @discardableResult
  public func comment(
    _ org: OrgID, _ id: ActionID, _ text: String, by: Author, via: String
  ) async throws -> ActionRemark {
    try await add(.comment, org, id, text, to: nil, by: by, via: via)
  }

  /// Asks somebody, or asks for something to be changed; the action says so until there is an answer.
  /// - Parameter to: a person of the org or an agent; nil: whoever proposed it.
  /// - Throws: ``DecisionError``: unknown, over, no text, nobody who could answer.
  @discardableResult
  public func ask(
    _ org: OrgID, _ id: ActionID, _ text: String, to: Author? = nil, by: Author, via: String
  ) async throws -> ActionRemark {
    try await add(.question, org, id, text, to: to, by: by, via: via)
  }

  /// Answers the newest question.
  /// - Throws: ``DecisionError``: unknown, no text, no question is open.
  @discardableResult
  public func answer(
    _ org: OrgID, _ id: ActionID, _ text: String, by: Author, via: String
  ) async throws -> ActionRemark {
    try await add(.answer, org, id, text, to: nil, by: by, via: via)
  }

  private func add(
    _ kind: ActionRemark.Kind, _ org: OrgID, _ id: ActionID, _ text: String, to: Author?,
    by: Author, via: String
  ) async throws -> ActionRemark {
    let text = try Approvals.checked(text)
    let roles = context.roles
    return try await context.store.write { store in
      guard let state = try store.action(org, id) else {
        throw DecisionError.unknown(id.rawValue)
      }
      var mark = try store.inboxMark(org, id) ?? InboxMark(state)
      var addressee: Author?
      switch kind {
      case .comment: break
      case .question:
        guard state.status.isLive else {
          throw DecisionError.wrongStatus(state, wanted: "asked about")
        }
        addressee = try Self.addressee(to, state, roles, store)
        mark.hasQuestion = true
      case .answer:
        guard mark.hasQuestion else { throw Self.noQuestion(state) }
        mark.hasQuestion = false
      }
      let remark = ActionRemark(
        org: org, action: id, number: try store.remarks(org, id).count + 1, kind: kind, by: by,
        to: addressee, text: text, revision: state.revision, at: store.now)
      try store.insert(remark)
      if kind != .comment { try store.save(mark) }
      try Desk(store: store).append(
        state, "action.\(kind.pastTense)", by: by, via: via,
        details: addressee.map { ["to": .string($0.rawValue)] } ?? [:],
        personal: ["text": Array(text.utf8)])
      return remark
    }
  }

  /// Somebody who can answer: a person of the org, or the agent that proposed it.
  private static func addressee(
    _ to: Author?, _ state: ActionState, _ roles: any RoleDirectory, _ store: any StoreReading
  ) throws -> Author {
    let addressee = to ?? state.createdBy
    if addressee.kind != .person, to != nil, addressee != state.createdBy {
      throw DecisionError(
        .invalid, "ask.addressee",
        "\(addressee.rawValue) did not propose this action and cannot answer for it.",
        remedy: "Ask a person, or leave it out to ask whoever proposed it.")
    }
    if addressee.kind == .person, let deciders = try roles.deciders(of: state.org, store),
      deciders[addressee] == nil
    {
      // Who proposed it may answer without deciding anything; a login from before there were persons is
      // nobody any more.
      if to == nil, PersonID(addressee) != nil { return addressee }
      throw DecisionError(
        .invalid, "ask.addressee",
        "\(addressee.rawValue) decides nothing in \(state.org.rawValue).",
        remedy: "Ask one of: \(deciders.keys.map(\.rawValue).sorted().joined(separator: ", ")).")
    }
    return addressee
  }

  private static func noQuestion(_ state: ActionState) -> DecisionError {
    DecisionError(
      .conflict, "answer.no_question", "No question about \(state.id.rawValue) is open.",
      remedy: "Say it as a comment: aiom action comment \(state.id.rawValue) TEXT.")
  }
}

extension ActionRemark.Kind {
  fileprivate var pastTense: String {
    switch self {
    case .comment: "commented"
    case .question: "asked"
    case .answer: "answered"
    }
  }
}

extension InboxMark {
  init(_ state: ActionState) {
    self.init(org: state.org, action: state.id, revision: state.revision)
  }
}
