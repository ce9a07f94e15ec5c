import Engine
import Metrics
import Synchronization

/// Where a library counts by swift-metrics: each label becomes a family of ours, a counter with
/// `_total`, a timer as a histogram of seconds. Thread-safe.
final class RegistryMetrics: MetricsFactory {
  private let kept = Mutex<[String: MetricFamily]>([:])

  /// What was counted so far, by name.
  var families: [MetricFamily] {
    kept.withLock { Array($0.values) }.sorted { $0.name < $1.name }
  }

  func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    Series(family(.counter, label + "_total", dimensions), dimensions)
  }

  func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    Series(family(.counter, label + "_total", dimensions), dimensions)
  }

  func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    Series(family(.histogram, label + "_seconds", dimensions), dimensions)
  }

  func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    Series(family(.gauge, label, dimensions), dimensions)
  }

  func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    Series(family(aggregate ? .histogram : .gauge, label, dimensions), dimensions)
  }

  // Families are kept for the life of the process: a counter that vanishes would seem to be reset.
  func destroyCounter(_ handler: any CounterHandler) {}
  func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
  func destroyMeter(_ handler: any MeterHandler) {}
  func destroyRecorder(_ handler: any RecorderHandler) {}
  func destroyTimer(_ handler: any TimerHandler) {}

  private func family(
    _ kind: MetricFamily.Kind, _ label: String, _ dimensions: [(String, String)]
  ) -> MetricFamily {
    let name = Self.name(label)
    return kept.withLock { kept in
      if let family = kept[name] { return family }
      let family = MetricFamily(
        kind, name, Self.help[name] ?? "Counted by the library as \(label).",
        labels: dimensions.map { Self.name($0.0) }, bounds: MetricFamily.seconds)
      kept[name] = family
      return family
    }
  }

  /// Letters, digits and underscores, as the format wants names.
  private static func name(_ label: String) -> String {
    let isFit = { (scalar: Unicode.Scalar) in
      scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
    }
    let fit = String(String.UnicodeScalarView(label.unicodeScalars.map { isFit($0) ? $0 : "_" }))
    return fit.first?.isNumber == true ? "_" + fit : fit
  }

  private static let help = [
    "smtp2go_calls_total": "Calls to SMTP2GO by endpoint and outcome.",
    "smtp2go_call_duration_seconds": "Time of a call to SMTP2GO by endpoint and outcome.",
  ]
}

/// One combination of label values.
private final class Series: CounterHandler, FloatingPointCounterHandler, TimerHandler,
  MeterHandler, RecorderHandler
{
  private let family: MetricFamily
  private let labels: [String]

  init(_ family: MetricFamily, _ dimensions: [(String, String)]) {
    self.family = family
    let given = dimensions.map(\.1)
    let places = family.labelNames.indices
    labels = places.map { $0 < given.count ? given[$0] : "" }
  }

  func increment(by amount: Int64) { family.add(Double(amount), labels: labels) }
  func increment(by amount: Double) { family.add(amount, labels: labels) }
  func reset() {}
  func recordNanoseconds(_ duration: Int64) {
    family.observe(Double(duration) / 1e9, labels: labels)
  }
  func set(_ value: Int64) { record(Double(value)) }
  func set(_ value: Double) { record(value) }
  func decrement(by amount: Double) { family.add(-amount, labels: labels) }
  func record(_ value: Int64) { record(Double(value)) }
  func record(_ value: Double) {
    if family.kind == .histogram {
      family.observe(value, labels: labels)
    } else {
      family.set(value, labels: labels)
    }
  }
}
