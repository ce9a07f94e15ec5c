import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// How far a stop of the desk or the API reaches.
enum StopReach: String, CaseIterable {
  case everything, organisation

  func scope(_ org: OrgID) -> StopScope { self == .everything ? .everything : .org(org) }
}

/// Stops and resumes for whoever holds the right as far as it reaches.
struct StopService: Sendable {
  /// How long an answer waits for the processes; who has not acknowledged by then is named.
  static let patience: Duration = .seconds(5)

  let engine: EngineContext
  let access: AccessContext

  init(_ ports: WritePorts) {
    engine = ports.engine
    access = ports.access
  }

  func stop(
    _ request: WebRequest, _ reach: StopReach, reason: String, via: String
  ) async throws -> StopReport {
    let (scope, author) = try await permit(.stop, request, reach)
    let service = EmergencyStop(engine)
    let order = try await service.stop(scope, reason: reason.trimmed, by: author, via: via)
    return try await service.wait(order, for: Self.patience, settling: .seconds(1))
  }

  func resume(
    _ request: WebRequest, _ reach: StopReach, reason: String?, via: String
  ) async throws -> Stop {
    let (scope, author) = try await permit(.resume, request, reach)
    return try await EmergencyStop(engine).resume(scope, reason: reason, by: author, via: via)
  }

  /// The route's door asked in one org; what reaches further is asked everywhere.
  private func permit(
    _ right: Right, _ request: WebRequest, _ reach: StopReach
  ) async throws -> (scope: StopScope, author: Author) {
    guard let caller = request.caller, let org = request.org else { throw Problem.signInRequired }
    if reach == .everything {
      let rights = try await access.store.read { try AccessGate($0).rights(of: caller) }
      // Which one is missing is nobody's business who is not in it.
      guard rights.values.allSatisfy({ $0.contains(right) }) else { throw Problem.notEverywhere }
    }
    return (reach.scope(org), caller.author)
  }
}

extension Problem {
  fileprivate static let notEverywhere = Problem(
    .forbidden, "access.forbidden", "That takes the right in every organisation.",
    remedy: "Name the reach `organisation`, or ask somebody who holds the right everywhere.")
}

extension String {
  /// Without the blanks around it: a reason of blanks is none.
  fileprivate var trimmed: String {
    let start = drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}
