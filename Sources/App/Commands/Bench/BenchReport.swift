import ActionProtocol

/// What the pipeline benchmark found, for people and as JSON.
struct BenchReport {
  let command: BenchPipelineCommand
  let result: PipelineBench.Result
  /// As the sandbox counted them; nil where somebody else was called.
  let arrived: (messages: Int, repeated: Int)?

  func show(_ console: Console) {
    console.emit(.object(json))
    let execution = result.execution
    console.say("\(command.actions) actions through six stages, each exactly once")
    console.say(
      "  proposed in \(Self.seconds(result.proposing)), approved in "
        + Self.seconds(result.approving))
    if command.history > 0 {
      console.say(
        "  beside \(command.history) finished ones, filled in in "
          + Self.seconds(result.filling))
    }
    console.say(
      "  executed in \(Self.seconds(execution.seconds)): \(Int(rate)) actions/s, "
        + "\(command.workers) process(es), \(command.calls) calls at once in each")
    console.say(
      "  CPU \(Self.seconds(execution.cpu)), \(execution.commits) durable commits, "
        + "peak memory \(execution.peakMegabytes) MB")
    if let median = percentile(0.5), let high = percentile(0.99) {
      console.say(
        "  from an approval to the provider, idle: \(median) ms at the median, \(high) ms at 99 %")
    }
  }

  private var rate: Double {
    (Double(command.actions) / max(result.execution.seconds, 0.001)).rounded()
  }

  private var json: JSONObject {
    let execution = result.execution
    return [
      "actions": .integer(Int64(command.actions)), "workers": .integer(Int64(command.workers)),
      "calls": .integer(Int64(command.calls)), "history": .integer(Int64(command.history)),
      "completed": .integer(Int64(execution.completed)),
      "arrived": arrived.map { .integer(Int64($0.messages)) } ?? .null,
      "repeated": arrived.map { .integer(Int64($0.repeated)) } ?? .null,
      "proposing_seconds": .number(result.proposing),
      "approving_seconds": .number(result.approving),
      "executing_seconds": .number(execution.seconds),
      "actions_per_second": .number(rate), "cpu_seconds": .number(execution.cpu),
      "commits": .integer(Int64(execution.commits)),
      "peak_rss_megabytes": .integer(execution.peakMegabytes),
      "latency_p50_ms": percentile(0.5).map { .number($0) } ?? .null,
      "latency_p99_ms": percentile(0.99).map { .number($0) } ?? .null,
    ]
  }

  private func percentile(_ part: Double) -> Double? {
    let sorted = result.latencies
    guard !sorted.isEmpty else { return nil }
    let place = min(sorted.count - 1, Int((Double(sorted.count) * part).rounded(.up)) - 1)
    return sorted[max(0, place)]
  }

  private static func seconds(_ value: Double) -> String {
    "\((value * 100).rounded() / 100) s"
  }
}
