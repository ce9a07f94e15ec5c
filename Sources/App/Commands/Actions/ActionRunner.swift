import ActionProtocol
import Connectors
import Engine

/// A short life of the engine: begins, works off what is due, ends in order.
struct ActionRunner: Sendable {
  let house: House

  /// Everything that is due, after what dead processes left was taken over.
  func runDue(org: OrgID?) async throws -> [ExecutionReport] {
    try await alive { process in
      try await Recovery(house.context).recover()
      try await Expiry(house.context).expire()
      try await TimerService(house.context).runDue()
      return try await Pipeline(house.context, process: process).run(org: org)
    }
  }

  /// Only the named actions.
  func run(_ org: OrgID, _ ids: [ActionID]) async throws -> [ExecutionReport] {
    try await alive { process in
      try await Expiry(house.context).expire()
      return try await Pipeline(house.context, process: process).run(org: org, ids: ids)
    }
  }

  /// Keeps the lease alive for as long as the work takes, and says afterwards that the process ends.
  private func alive(
    _ work: @escaping @Sendable (ProcessLife) async throws -> [ExecutionReport]
  ) async throws -> [ExecutionReport] {
    let process = ProcessLife(house.context)
    let channels = house.channels
    return try await process.whileAlive {
      let result: Result<[ExecutionReport], any Error>
      do { result = .success(try await work(process)) } catch { result = .failure(error) }
      // The clients hold connections; they are made anew when they are needed again.
      await channels.shutdown()
      return try result.get()
    }
  }
}
