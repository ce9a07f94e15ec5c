import ActionProtocol
import Decisions

/// What is approved in one stroke: each action by the digest that was shown.
public struct BulkChoice: Hashable, Sendable {
  public var id: ActionID
  public var digest: Digest

  public init(id: ActionID, digest: Digest) {
    self.id = id
    self.digest = digest
  }
}

/// Approves several actions of one kind. What is high or critical is looked at alone.
///
/// The choice as a whole is checked first and refused as a whole. Each action is then approved in a
/// transaction of its own, as if it were alone: one that changed meanwhile keeps no other back.
public struct BulkApproval: Sendable {
  /// How many at most.
  public static let most = 25

  /// What came of one of them.
  public struct Result: Sendable {
    public let id: ActionID
    public let outcome: Swift.Result<ActionState, DecisionError>
  }

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// What is shown before: each action of a choice that may go together.
  /// - Throws: ``DecisionError`` as ``approve(_:_:considered:by:via:)`` for the choice as a whole.
  public func review(_ org: OrgID, _ ids: [ActionID]) async throws -> BulkReview {
    try await context.store.read { store in
      let states = try Self.check(org, ids, store)
      return BulkReview(
        items: try zip(states, store.revisions(of: states)).map { state, revision in
          let proposal = try Approvals.proposal(of: state, revision)
          return BulkReview.Item(
            state: state, sentence: proposal.sentence,
            recipients: proposal.externalEffects.map(\.recipient),
            amount: proposal.estimatedImpact?.revenueChange)
        })
    }
  }

  /// - Parameter considered: how long the list was looked at.
  /// - Returns: one for each choice, in their order.
  /// - Throws: ``DecisionError`` for the choice as a whole, with nothing approved: empty, too many, one
  ///   twice, unknown, types or risks that differ, a risk that is looked at alone; store errors.
  public func approve(
    _ org: OrgID, _ choices: [BulkChoice], considered: Duration? = nil, by: Author, via: String
  ) async throws -> [Result] {
    try Approvals.mustBePerson(by)
    _ = try await context.store.read { try Self.check(org, choices.map(\.id), $0) }
    let approvals = Approvals(context)
    let manner = DecisionManner(
      together: choices.count, considered: considered.map { $0 / choices.count })
    var results: [Result] = []
    for choice in choices {
      do {
        let state = try await approvals.approve(
          org, choice.id, digest: choice.digest, manner: manner, by: by, via: via)
        results.append(Result(id: choice.id, outcome: .success(state)))
      } catch let error as DecisionError {
        results.append(Result(id: choice.id, outcome: .failure(error)))
      }
    }
    return results
  }

  private static func check(
    _ org: OrgID, _ choices: [ActionID], _ store: any StoreReading
  ) throws -> [ActionState] {
    guard !choices.isEmpty else {
      throw DecisionError(
        .invalid, "bulk.empty", "Nothing is chosen.", remedy: "Name the actions to approve.")
    }
    guard choices.count <= most else {
      throw DecisionError(
        .invalid, "bulk.too_many", "\(choices.count) are chosen, and at most \(most) go together.",
        remedy: "Approve them in several strokes.")
    }
    guard Set(choices).count == choices.count else {
      throw DecisionError(
        .invalid, "bulk.twice", "One action is chosen twice.", remedy: "Name each once.")
    }
    let states = try zip(choices, store.actions(org, choices)).map { id, state in
      guard let state else { throw DecisionError.unknown(id.rawValue) }
      return state
    }
    if let risky = states.first(where: { $0.risk >= .high }) {
      throw DecisionError(
        .conflict, "bulk.risk",
        "\(risky.id.rawValue) has a \(risky.risk.rawValue) risk and is looked at alone.",
        remedy: "Leave it out, and approve it by its own card.")
    }
    let kinds = Set(states.map { "\($0.type.rawValue), \($0.risk.rawValue) risk" })
    guard kinds.count == 1 else {
      throw DecisionError(
        .conflict, "bulk.kinds",
        "They are not of one kind: \(kinds.sorted().joined(separator: "; ")).",
        remedy: "Choose actions of one type and risk.")
    }
    return states
  }
}
