import ActionProtocol
import Connectors
import Decisions
import Engine

/// A short life of the engine: begins, works off what is due, ends in order.
struct ActionRunner: Sendable {
  let house: House

  /// Everything that is due, after what dead processes left was taken over.
  func runDue(org: OrgID?) async throws -> [ExecutionReport] {
    try await alive { process in
      try await Recovery(house.context).recover()
      try await Expiry(house.context).expire()
      try await TimerService(house.context, process: process)
        .runDue(TimerService.usual + TimerService.outside)
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

  /// Takes back what a completed action wrote to the books.
  func undo(_ org: OrgID, _ id: ActionID, reason: String) async throws -> String {
    try await alive { process in
      try await Undoing(house.context, process: process).undo(
        org, id, reason: reason, by: house.author(.decide, in: org), via: "cli")
    }
  }

  /// Keeps the lease alive for as long as the work takes, and says afterwards that the process ends.
  private func alive<Value: Sendable>(
    _ work: @escaping @Sendable (ProcessLife) async throws -> Value
  ) async throws -> Value {
    let process = ProcessLife(house.context)
    let house = house
    return try await process.whileAlive {
      let result: Result<Value, any Error>
      do { result = .success(try await work(process)) } catch { result = .failure(error) }
      // The clients hold connections; they are made anew when they are needed again.
      await house.closeConnections()
      return try result.get()
    }
  }
}
