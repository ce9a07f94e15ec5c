import ActionProtocol
import Foundation

/// What becomes of planned instants that passed while nobody ran the job.
public enum MissedRunRule: String, CaseIterable, Hashable, Sendable {
  /// One run makes up for all of them.
  case runOnce = "run_once"
  /// They are left out; the next one comes in its time.
  case skip
}

/// What to do about a job whose planned instant has come.
public struct DueRun: Hashable, Sendable {
  /// The instant to run for; nil: not now.
  public var run: Instant?
  /// The last planned instant that passed unserved, where one did.
  public var missed: Instant?
  /// The first planned instant after now.
  public var next: Instant?

  public init(run: Instant?, missed: Instant?, next: Instant?) {
    self.run = run
    self.missed = missed
    self.next = next
  }
}

/// When a job runs next.
public enum JobPlan {
  /// A run that begins this long after its planned instant is still on time.
  public static let grace: Duration = .seconds(60)
  /// The wait after a first failure; it doubles with each further one.
  public static let firstWait: Duration = .seconds(60)
  /// The longest wait after failures.
  public static let longestWait: Duration = .seconds(3600)

  /// Decides about a job that was planned for `planned`.
  ///
  /// An instant is missed when a later one has come too, or when it is more than ``grace`` ago. Of
  /// several only the last can be run for, so that no number of missed instants makes more than one
  /// run.
  /// - Parameters:
  ///   - planned: an instant of the schedule.
  ///   - now: not before `planned`; otherwise nothing is due.
  public static func due(
    planned: Instant, now: Instant, schedule: CronSchedule, zone: TimeZone, rule: MissedRunRule
  ) -> DueRun {
    guard planned <= now else { return DueRun(run: nil, missed: nil, next: planned) }
    let latest = schedule.latest(from: planned, upTo: now, in: zone)
    let next = schedule.next(after: now, in: zone)
    if now <= latest.advanced(by: grace) {
      return DueRun(run: latest, missed: latest > planned ? planned : nil, next: next)
    }
    return DueRun(run: rule == .runOnce ? latest : nil, missed: latest, next: next)
  }

  /// The wait before a failed job is tried again: 1, 2, 4 … minutes, at most an hour, whether its
  /// next planned instant is sooner or later.
  /// - Parameter failures: in a row, from 1 on.
  public static func wait(afterFailures failures: Int) -> Duration {
    min(firstWait * (1 << min(max(failures - 1, 0), 16)), longestWait)
  }
}
