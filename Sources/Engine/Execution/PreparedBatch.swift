import ActionProtocol
import Decisions

/// Due actions, read and checked (stage 1) ahead of the transaction that writes their intents.
///
/// What changed in between is found there: the transaction compares version and org again.
struct PreparedBatch: Sendable {
  var prepared: [PreparedAction] = []
  /// Those whose stored revision is not valid any more, with the code of why.
  var invalid: [(candidate: Candidate, code: String)] = []

  var isEmpty: Bool { prepared.isEmpty && invalid.isEmpty }

  /// Reads what is due now.
  /// - Parameter ids: only these actions of `org`, where given.
  @concurrent
  static func next(
    _ context: EngineContext, _ org: OrgID?, _ ids: [ActionID]?, limit: Int
  ) async throws -> PreparedBatch {
    let delivery = context.configuration.delivery
    let (candidates, organisations) = try await context.store.read { store in
      let due = try store.due(org, ids: ids, in: delivery, at: store.now, limit: limit)
      return (due, try Self.organisations(of: due.map(\.state.org), in: store))
    }
    var batch = PreparedBatch()
    for candidate in candidates {
      guard let organisation = organisations[candidate.state.org] else { continue }
      do throws(ValidationFailure) {
        batch.prepared.append(try PreparedAction(candidate, organisation))
      } catch {
        batch.invalid.append((candidate, error.code))
      }
    }
    return batch
  }

  /// The orgs of the batch as they are inside a transaction.
  func organisations(in store: any StoreReading) throws -> [OrgID: Organisation] {
    try Self.organisations(of: prepared.map(\.state.org), in: store)
  }

  private static func organisations(
    of orgs: [OrgID], in store: any StoreReading
  ) throws -> [OrgID: Organisation] {
    var organisations: [OrgID: Organisation] = [:]
    for id in Set(orgs) { organisations[id] = try store.organisation(id) }
    return organisations
  }
}
