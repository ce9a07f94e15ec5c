import ActionProtocol
import Cards
import Decisions
import Engine

/// Jobs and their runs for people and programs.
struct JobView {
  let time: LocalTime
  let now: Instant

  func table(_ entries: [Jobs.Entry], _ style: Style) -> TextTable {
    var table = TextTable([
      .left("JOB"), .left("SCHEDULE"), .left("STATE"), .left("LAST RUN"), .left("RESULT"),
      .left("NEXT"),
    ])
    for entry in entries {
      table.add([
        entry.job.name.rawValue, Self.schedule(entry), state(entry),
        entry.last.map { LocalTime.distance($0.startedAt, from: now) } ?? "never",
        entry.last.map(Self.outcome) ?? "", next(entry),
      ])
    }
    return table
  }

  func table(_ runs: [JobRun]) -> TextTable {
    var table = TextTable([
      .left("STARTED"), .left("JOB"), .left("WHY"), .left("RESULT"), .right("TOOK"),
    ])
    for run in runs {
      table.add([
        time.text(run.startedAt), run.name.rawValue, Self.cause(run.cause), Self.outcome(run),
        run.state == .skipped
          ? "" : Self.length(from: run.startedAt, to: run.endedAt ?? now),
      ])
    }
    return table
  }

  func sentence(_ leader: Jobs.Leader?) -> String {
    guard let leader else {
      return "Nobody runs jobs now: `aiom serve` and `aiom worker` do."
    }
    return "Process \(leader.processID) on \(leader.host) starts them, since "
      + "\(time.text(leader.lease.takenAt))."
  }

  // MARK: - Words

  private func state(_ entry: Jobs.Entry) -> String {
    if let running = entry.running {
      return "running for \(Self.length(from: running.startedAt, to: now))"
    }
    if entry.job.pausedAt != nil { return "off" }
    if entry.setting == nil { return "schedule unreadable" }
    if entry.job.failures > 0 { return "failing (\(entry.job.failures)×)" }
    return "on"
  }

  private func next(_ entry: Jobs.Entry) -> String {
    guard entry.job.pausedAt == nil, let next = entry.job.nextAt else { return "" }
    return next <= now ? "now" : "\(time.text(next)) (\(LocalTime.distance(next, from: now)))"
  }

  private static func schedule(_ entry: Jobs.Entry) -> String {
    let own = entry.job.schedule ?? entry.job.name.defaultSchedule
    return entry.job.schedule == nil ? own : "\(own) (own)"
  }

  /// `succeeded, proposed 3`; `failed: store.busy`.
  static func outcome(_ run: JobRun) -> String {
    switch run.state {
    case .running: return "running"
    case .skipped: return "left out"
    case .failed: return "failed: \(run.errorCode ?? "unknown")"
    case .abandoned: return "cut off: \(run.errorCode ?? "unknown")"
    case .succeeded:
      let facts = run.result.map { "\($0.key) \($0.value.integerValue ?? 0)" }
      return (["succeeded"] + facts).joined(separator: ", ")
    }
  }

  private static func cause(_ cause: JobRun.Cause) -> String {
    switch cause {
    case .schedule: "planned"
    case .missed: "missed before"
    case .retry: "failed before"
    case .person: "asked for"
    }
  }

  static func length(from start: Instant, to end: Instant) -> String {
    let milliseconds = max(0, end.milliseconds - start.milliseconds)
    return milliseconds < 1000
      ? "\(milliseconds) ms" : LocalTime.length(milliseconds: milliseconds)
  }

  // MARK: - JSON

  static func json(_ entry: Jobs.Entry) -> JSONValue {
    let job = entry.job
    return [
      "job": .string(job.name.rawValue),
      "schedule": .string(job.schedule ?? job.name.defaultSchedule),
      "standard_schedule": .string(job.name.defaultSchedule),
      "missed": .string((job.missed ?? job.name.defaultRule).rawValue),
      "is_readable": .bool(entry.setting != nil),
      "paused_at": job.pausedAt.map { .string($0.rfc3339) } ?? .null,
      "failures": .integer(Int64(job.failures)),
      "running": entry.running.map(json) ?? .null, "last": entry.last.map(json) ?? .null,
      "next_at": job.pausedAt == nil ? job.nextAt.map { .string($0.rfc3339) } ?? .null : .null,
    ]
  }

  static func json(_ run: JobRun) -> JSONValue {
    [
      "job": .string(run.name.rawValue), "scheduled_at": .string(run.scheduledAt.rfc3339),
      "cause": .string(run.cause.rawValue), "state": .string(run.state.rawValue),
      "started_at": .string(run.startedAt.rfc3339),
      "ended_at": run.endedAt.map { .string($0.rfc3339) } ?? .null,
      "milliseconds": run.endedAt.map {
        .integer($0.milliseconds - run.startedAt.milliseconds)
      } ?? .null,
      "error_code": run.errorCode.map { .string($0) } ?? .null, "result": .object(run.result),
    ]
  }

  static func json(_ leader: Jobs.Leader) -> JSONValue {
    [
      "boot": .string(leader.lease.boot.rawValue), "host": .string(leader.host),
      "process_id": .integer(Int64(leader.processID)),
      "since": .string(leader.lease.takenAt.rfc3339),
      "expires_at": .string(leader.lease.expiresAt.rfc3339),
    ]
  }
}
