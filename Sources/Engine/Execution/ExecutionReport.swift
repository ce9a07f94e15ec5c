import ActionProtocol
import Decisions

/// What became of one action when it was looked at.
public struct ExecutionReport: Sendable {
  public enum Outcome: Sendable, Hashable {
    case completed
    /// It waits; nothing was sent.
    case held(Hold)
    /// It ended without an effect.
    case failed(code: String)
    /// The effect may or may not have happened; evidence is looked for.
    case unknown(code: String)
    /// What was approved is no longer true; a new revision asks again.
    case reapproval(code: String)
    /// Its time was over.
    case expired
    /// Somebody else was faster.
    case skipped
  }

  public var org: OrgID
  public var id: ActionID
  public var revision: Int
  /// The call, where one was made.
  public var call: Int?
  public var outcome: Outcome
  public var stages: [StageRecord]

  public init(
    org: OrgID, id: ActionID, revision: Int, call: Int? = nil, outcome: Outcome,
    stages: [StageRecord] = []
  ) {
    self.org = org
    self.id = id
    self.revision = revision
    self.call = call
    self.outcome = outcome
    self.stages = stages
  }
}

/// Measures stages: when each began and how long it took.
struct StageClock: Sendable {
  private(set) var records: [StageRecord] = []
  private var began: ContinuousClock.Instant

  init() { began = .now }

  /// Ends the running stage and begins the next one.
  /// - Parameter at: the wall-clock time that is shown for the stage.
  mutating func finish(
    _ stage: Stage, at: Instant, result: String = "ok", detail: String? = nil
  ) {
    let end = ContinuousClock.now
    let taken = began.duration(to: end)
    let microseconds =
      taken.components.seconds * 1_000_000 + taken.components.attoseconds / 1_000_000_000_000
    records.append(
      StageRecord(
        stage: stage, startedAt: at, microseconds: microseconds, result: result, detail: detail))
    began = end
  }

  /// Leaves the time since the last stage out of the next one.
  mutating func resume() { began = .now }

  /// The same, counting what the stage's share in common work took.
  mutating func resume(after share: Duration) { began = .now - share }
}
