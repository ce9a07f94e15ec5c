import Engine
import Metrics
import Testing

@testable import App

@Suite struct RegistryMetricsTests {
  @Test func `a library's counters and timers become families of ours`() {
    let metrics = RegistryMetrics()
    let labels = [("endpoint", "email/send"), ("outcome", "accepted")]
    metrics.makeCounter(label: "smtp2go_calls", dimensions: labels).increment(by: 2)
    metrics.makeCounter(label: "smtp2go_calls", dimensions: labels).increment(by: 1)
    metrics.makeTimer(label: "smtp2go_call_duration", dimensions: labels)
      .recordNanoseconds(250_000_000)
    #expect(
      metrics.families.map(\.name) == ["smtp2go_call_duration_seconds", "smtp2go_calls_total"])
    let text = MetricText.render(metrics.families)
    #expect(
      text.contains(
        "smtp2go_calls_total{endpoint=\"email/send\",outcome=\"accepted\"} 3\n"))
    #expect(
      text.contains(
        "smtp2go_call_duration_seconds_sum{endpoint=\"email/send\",outcome=\"accepted\"} 0.25\n"))
    #expect(text.contains("# HELP smtp2go_calls_total Calls to SMTP2GO by endpoint and outcome.\n"))
  }

  @Test func `names that the format does not take are made to fit`() {
    let metrics = RegistryMetrics()
    metrics.makeMeter(label: "9 lives-left", dimensions: [("a.b", "x")]).set(7.0)
    #expect(MetricText.render(metrics.families).hasSuffix("_9_lives_left{a_b=\"x\"} 7\n"))
  }
}
