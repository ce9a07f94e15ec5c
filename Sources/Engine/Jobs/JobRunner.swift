import ActionProtocol
import Decisions
import Logging

/// Claims runs and carries them out.
struct JobRunner: Sendable {
  let context: EngineContext

  /// Claims what is due of a job and carries it out; nothing where somebody was faster.
  func runDue(_ org: OrgID, _ name: JobName, _ lease: LeaderLease) async throws {
    let claim = try await context.store.write {
      try JobBook(store: $0).claim(org, name, lease)
    }
    switch claim {
    case .nothing: return
    case .leftOut(let run): note(run, took: nil)
    case .run(let run): _ = try await carryOut(run)
    }
  }

  /// Carries out a claimed run and records its end, also while everything around it stops.
  /// - Returns: the run as it was recorded.
  /// - Throws: a store error; the run then counts as abandoned once this process has ended.
  func carryOut(
    _ run: JobRun, doing work: (@Sendable () async throws -> JSONObject)? = nil
  ) async throws -> JobRun {
    let began = ContinuousClock.now
    let ending = await ending(of: run, work)
    let took = began.duration(to: .now)
    let ended = try await Task { [context] in
      try await context.store.write { store in
        try JobBook(store: store).finish(run, ending)
        return run.ended(ending, at: store.now)
      }
    }.value
    note(ended, took: took)
    return ended
  }

  private func ending(
    of run: JobRun, _ work: (@Sendable () async throws -> JSONObject)?
  ) async -> JobBook.Ending {
    do {
      if let work { return .succeeded(try await work()) }
      return .succeeded(try await JobWork(context: context).perform(run.name, run.org))
    } catch {
      // What is cancelled throws in many ways.
      return Task.isCancelled ? .stopped : .failed(code: FaultCode.of(error))
    }
  }

  /// One line and one count per run, whoever ran it.
  func note(_ run: JobRun, took: Duration?) {
    context.metrics.ran(run, took: took)
    var metadata: Logger.Metadata = [
      "job": "\(run.name.rawValue)", "org": "\(run.org.rawValue)",
      "state": "\(run.state.rawValue)", "cause": "\(run.cause.rawValue)",
    ]
    if let took { metadata["ms"] = "\(took.wholeMilliseconds)" }
    if let code = run.errorCode { metadata["code"] = "\(code)" }
    let isTrouble = run.state == .failed || run.state == .abandoned
    // A job that runs each minute and finds nothing to do is no news.
    let level: Logger.Level = isTrouble ? .warning : run.name == .expire ? .debug : .info
    context.logger.log(level: level, "job", metadata: metadata)
  }
}

/// The stable code of any error: what stands before the first colon of its description, which the
/// house's rules keep free of values.
enum FaultCode {
  static func of(_ error: any Error) -> String {
    if let error = error as? DecisionError { return error.code }
    let head = String("\(error)".prefix { $0 != ":" && $0 != "(" })
    let isCode = head.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
        || byte == 0x5F || byte == 0x2E
    }
    guard isCode, (1...64).contains(head.utf8.count) else { return "\(type(of: error))" }
    return head
  }
}
