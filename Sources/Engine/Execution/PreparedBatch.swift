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

  /// The orgs whose SMS are among them.
  var textingOrgs: Set<OrgID> {
    Set(prepared.lazy.filter { $0.state.channel == .sms }.map(\.state.org))
  }

  /// Reads what is due now.
  /// - Parameters:
  ///   - ids: only these actions of `org`, where given.
  ///   - stops: what is stopped is left out, so that it keeps nothing else waiting.
  @concurrent
  static func next(
    _ context: EngineContext, _ org: OrgID?, _ ids: [ActionID]?, limit: Int,
    except stops: StopBoard = StopBoard()
  ) async throws -> PreparedBatch {
    let delivery = context.configuration.delivery
    let (candidates, organisations) = try await context.store.read { store in
      let due =
        stops.scopes.isEmpty
        ? try store.due(org, ids: ids, in: delivery, at: store.now, limit: limit)
        : try Self.due(org, ids, store, in: delivery, limit: limit, except: stops)
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

  /// What is due where nothing is stopped, org by org.
  private static func due(
    _ org: OrgID?, _ ids: [ActionID]?, _ store: any StoreReading, in delivery: DeliveryMode,
    limit: Int, except stops: StopBoard
  ) throws -> [Candidate] {
    let orgs = try org.map { [$0] } ?? store.organisations().map(\.id)
    var due: [Candidate] = []
    for org in orgs where !stops.covers(org) && due.count < limit {
      due += try store.due(
        org, ids: ids, in: delivery, at: store.now, limit: limit - due.count)
    }
    return due
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
