import ActionProtocol
import Decisions
import Foundation
import Insights

extension JobName {
  /// When it runs where the org says nothing else.
  public var defaultSchedule: String {
    switch self {
    case .expire: "* * * * *"
    case .reconcile: "*/5 * * * *"
    case .sync: "*/10 * * * *"
    case .financialAnalysis: "0 * * * *"
    case .salesAnalysis: "20 */4 * * *"
    case .taskAnalysis: "40 * * * *"
    case .briefing: "0 6 * * *"
    case .eveningSummary: "0 18 * * *"
    case .notices: "15 9-16 * * 1-5"
    case .retention: "30 3 * * *"
    }
  }

  /// Whether it may take minutes: such jobs have places of their own, so that they delay no others.
  var isLong: Bool { self == .sync }

  /// What becomes of missed instants where the org says nothing else. All work takes up where it
  /// stands, so one run makes up for any number of them.
  public var defaultRule: MissedRunRule { .runOnce }
}

/// How a job of an org is to run: its own settings, else the defaults, on the org's clocks.
public struct JobSetting: Hashable, Sendable {
  public let schedule: CronSchedule
  public let rule: MissedRunRule
  public let zone: TimeZone

  /// - Throws: ``CronError`` where the stored schedule cannot be read; then the job does not run.
  public init(_ job: JobRecord, _ organisation: Organisation) throws(CronError) {
    schedule = try CronSchedule(job.schedule ?? job.name.defaultSchedule)
    rule = job.missed ?? job.name.defaultRule
    zone = organisation.profile.zone
  }

  /// What an instant was computed from; another plan makes it void.
  var plan: String { "\(schedule.expression) \(zone.identifier)" }

  /// The first planned instant after one.
  public func next(after instant: Instant) -> Instant? { schedule.next(after: instant, in: zone) }
}
