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
  private let waiting = MetricFamily(
    .gauge, "aiom_channel_waiting",
    "Actions of the org that are due now, by channel; none for records.",
    labels: ["org", "channel"])
  private let pausedUntil = MetricFamily(
    .gauge, "aiom_channel_paused_until_seconds",
    "Until when a channel of the org waits, and why: Unix time. Only channels that wait.",
    labels: ["org", "channel", "reason"])
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
      let delivery = context.configuration.delivery
      let figures = try await context.store.read { try Figures($0, delivery) }
      queue.replace(figures.depths)
      failing.replace(figures.failing)
      waiting.replace(figures.waiting)
      pausedUntil.replace(figures.pausedUntil)
      readable.set(1)
      asked += [queue, failing, waiting, pausedUntil]
    } catch {
      context.logger.warning("a scrape found no database", metadata: ["error": "\(error)"])
      readable.set(0)
    }
    return MetricText.render(asked + context.metrics.families + further())
  }
}

/// What the database says about every org.
private struct Figures: Sendable {
  var depths: [[String]: Double] = [:]
  var failing: [[String]: Double] = [:]
  var waiting: [[String]: Double] = [:]
  var pausedUntil: [[String]: Double] = [:]

  /// Counts per org through indexes that hold live actions apart, and one row per job.
  init(_ store: any StoreReading, _ delivery: DeliveryMode) throws {
    let terms = try store.claimTerms(at: store.now)
    for organisation in try store.organisations() {
      let org = organisation.id.rawValue
      for depth in try store.queueDepth(organisation.id) {
        let hold = depth.hold?.rawValue ?? "none"
        depths[[org, depth.status.rawValue, hold]] = Double(depth.count)
      }
      let jobs = try JobName.allCases.compactMap { try store.job(organisation.id, $0) }
      failing[[org]] = Double(jobs.count { $0.failures > 0 })
      for (operation, count) in try store.waiting(organisation.id, in: delivery, at: store.now) {
        let channel = OutreachChannel(operation)?.rawValue ?? "none"
        waiting[[org, channel], default: 0] += Double(count)
      }
      for channel in OutreachChannel.allCases {
        guard let hold = terms[organisation.id]?.hold(channel, at: store.now),
          let until = hold.until
        else { continue }
        pausedUntil[[org, channel.rawValue, hold.reason.rawValue]] =
          Double(until.milliseconds) / 1000
      }
    }
  }
}
