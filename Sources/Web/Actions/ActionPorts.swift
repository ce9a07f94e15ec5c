import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// What routes may look at of actions. It changes nothing, by type.
public struct ActionViews: Sendable {
  let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  func inbox(_ org: OrgID, _ filter: InboxFilter) async throws -> InboxPage {
    try await Inbox(context).page(org, filter)
  }

  func list(_ org: OrgID, _ filter: ActionFilter) async throws -> [ActionState] {
    try await ActionReader(context).list(org, filter)
  }

  func card(_ org: OrgID, _ id: ActionID) async throws -> ActionCard? {
    try await ActionReader(context).card(org, id)
  }

  func habits(_ org: OrgID, days: Int) async throws -> [DecisionHabit] {
    let now = try await context.store.read { $0.now }
    return try await DecisionHabits(context).since(
      org, now.advanced(by: .seconds(-days * 86_400)))
  }
}

/// What a service of actions refuses, as a problem.
func deciding(_ body: () async throws -> WebAnswer) async throws -> WebAnswer {
  do {
    return try await body()
  } catch let error as DecisionError {
    throw Problem(error)
  } catch let error as AccessError {
    throw Problem(error)
  }
}

extension Problem {
  init(_ error: DecisionError) {
    let status: HTTPResponse.Status
    switch error.kind {
    case .conflict: status = .conflict
    case .invalid: status = .unprocessableContent
    case .unknown: status = .notFound
    case .forbidden: status = .forbidden
    }
    var details: JSONObject = [:]
    if !error.issues.isEmpty { details["issues"] = .array(error.issues.map(\.json)) }
    self.init(status, error.code, error.message, remedy: error.remedy, details: details)
  }

  static func value(_ name: String, _ wanted: String) -> Problem {
    Problem(
      .unprocessableContent, "value.invalid", "\(name) is not \(wanted).",
      remedy: "See GET /api/v1/openapi.json.")
  }

  static let noAction = Problem(
    .notFound, "action.unknown", "There is no such action in this organisation.",
    remedy: "GET /api/v1/inbox lists those that wait; an id is given whole.")
}

extension WebRequest {
  /// The action of the path, the org of the right, and who it is.
  func subject() throws -> (org: OrgID, id: ActionID, caller: Principal) {
    guard let caller, let org else { throw Problem.signInRequired }
    guard let id = ActionID(rawValue: token) else { throw Problem.noAction }
    return (org, id, caller)
  }
}
