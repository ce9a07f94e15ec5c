import ActionProtocol
import Decisions
import Logging
import Synchronization

/// Everything a process shows to whoever watches it.
public struct MetricsReport: Sendable {
  private let context: EngineContext
  private let further: @Sendable () -> [MetricFamily]
  private let queue = MetricFamily(
    .gauge, "aiom_actions",
    "Live actions by org, status and what holds them (none: nothing does). Finished ones are not "
      + "counted.", labels: ["org", "status", "hold"])
  private let failing = MetricFamily(
    .gauge, "aiom_jobs_failing", "Jobs of the org whose last run failed.", labels: ["org"])
  private let readable = MetricFamily(
    .gauge, "aiom_database_readable", "1 when the database answered this question.")

  /// - Parameter further: what other parts of the process count, asked at each scrape.
  public init(_ context: EngineContext, further: @escaping @Sendable () -> [MetricFamily]) {
    self.context = context
    self.further = further
  }

  /// The text of a scrape. A database that does not answer takes only its own figures away.
  public func text() async -> String {
    var asked = [readable]
    do {
      let (depths, failures) = try await context.store.read { try Self.figures($0) }
      queue.replace(depths)
      failing.replace(failures)
      readable.set(1)
      asked += [queue, failing]
    } catch {
      context.logger.warning("a scrape found no database", metadata: ["error": "\(error)"])
      readable.set(0)
    }
    return MetricText.render(asked + context.metrics.families + further())
  }

  /// One count per org through an index that holds live actions apart, and one row per job.
  private static func figures(
    _ store: any StoreReading
  ) throws -> (depths: [[String]: Double], failing: [[String]: Double]) {
    var depths: [[String]: Double] = [:]
    var failing: [[String]: Double] = [:]
    for organisation in try store.organisations() {
      let org = organisation.id.rawValue
      for depth in try store.queueDepth(organisation.id) {
        let hold = depth.hold?.rawValue ?? "none"
        depths[[org, depth.status.rawValue, hold]] = Double(depth.count)
      }
      let jobs = try JobName.allCases.compactMap { try store.job(organisation.id, $0) }
      failing[[org]] = Double(jobs.count { $0.failures > 0 })
    }
    return (depths, failing)
  }
}
