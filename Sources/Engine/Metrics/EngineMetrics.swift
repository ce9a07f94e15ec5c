import ActionProtocol
import Decisions

/// A database that counts how many writes share a commit.
public protocol CommitCounting: Sendable {
  /// Of this process; made by ``EngineMetrics/commitSizes()``.
  var commitSizes: MetricFamily { get }
  /// How many commits of this process were made durable.
  var commitCount: Int { get }
}

/// What this process counts of its own work. Copies of a context share it.
public struct EngineMetrics: Sendable {
  let claims = MetricFamily(
    .histogram, "aiom_claim_seconds",
    "Time to claim a batch of actions: checks, intents and reservations in one durable commit.",
    bounds: MetricFamily.seconds)
  let calls = MetricFamily(
    .histogram, "aiom_call_seconds",
    "Time of a call, from the durable intent to the answer; by channel, none for records.",
    labels: ["channel"], bounds: MetricFamily.seconds)
  let slots = MetricFamily(
    .gauge, "aiom_channel_calls",
    "Calls of this process under way, by org and channel; none for records.",
    labels: ["org", "channel"])
  let outcomes = MetricFamily(
    .counter, "aiom_outcomes_total", "Calls by channel and outcome.",
    labels: ["channel", "outcome"])
  let stages = MetricFamily(
    .histogram, "aiom_stage_seconds", "Time of a stage of an action.", labels: ["stage"],
    bounds: MetricFamily.seconds)
  let leasesLost = MetricFamily(
    .counter, "aiom_leases_lost_total",
    "Times this process was not sure of its lease when a call was about to begin, or was declared "
      + "dead.")
  let takenOver = MetricFamily(
    .counter, "aiom_boots_taken_over_total", "Dead processes this one took over from.")
  let reconciled = MetricFamily(
    .counter, "aiom_reconciliations_total",
    "Looks for calls of unknown outcome: settled by the look, or still open.", labels: ["result"])
  let jobRuns = MetricFamily(
    .counter, "aiom_job_runs_total", "Runs of jobs by this process, by how they ended.",
    labels: ["job", "state"])
  let jobTime = MetricFamily(
    .histogram, "aiom_job_seconds", "Time of a run of a job.", labels: ["job"],
    bounds: [0.01, 0.1, 1, 10, 60, 600, 3600])
  let leads = MetricFamily(
    .gauge, "aiom_leads_jobs", "1 while this process starts the jobs; one process does.")

  public init() {
    leads.set(0)
    leasesLost.add(0)
    takenOver.add(0)
    for result in ["settled", "open"] { reconciled.add(0, result) }
  }

  /// In the order they are shown.
  public var families: [MetricFamily] {
    [
      claims, calls, slots, outcomes, stages, leasesLost, takenOver, reconciled, jobRuns, jobTime,
      leads,
    ]
  }

  /// How many writes share one durable commit; each database driver has one.
  public static func commitSizes() -> MetricFamily {
    MetricFamily(
      .histogram, "aiom_commit_group_size", "Writes that shared one durable commit.",
      bounds: [1, 2, 4, 8, 16, 32, 64, 128, 256])
  }

  func called(_ channel: OutreachChannel?, _ outcome: CallOutcome, took: Duration) {
    let word = channel?.rawValue ?? "none"
    calls.observe(took, word)
    outcomes.add(1, word, outcome.name)
  }

  func ran(_ run: JobRun, took: Duration?) {
    jobRuns.add(1, run.name.rawValue, run.state.rawValue)
    if let took { jobTime.observe(took, run.name.rawValue) }
  }

  func looked(settled count: Int, of all: Int) {
    reconciled.add(Double(count), "settled")
    reconciled.add(Double(all - count), "open")
  }

  /// Stages whose call this process made or decided against.
  func passed(_ report: ExecutionReport) {
    for stage in report.stages {
      stages.observe(Double(stage.microseconds) / 1_000_000, stage.stage.rawValue)
    }
  }
}
