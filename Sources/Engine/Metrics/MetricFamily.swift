import Synchronization

/// One metric with all its label values, in memory. Thread-safe; what it costs does not grow with
/// time.
///
/// Labels carry words of ours alone (a status, a channel, a code, an org's id), never an address, a
/// subject or a key. Beyond ``mostSeries`` combinations everything further is counted as `other`, so
/// that no mistake lets memory grow.
public final class MetricFamily: Sendable {
  public enum Kind: String, Hashable, Sendable {
    case counter, gauge, histogram
  }

  /// The values of one combination of labels.
  public struct Series: Hashable, Sendable {
    public var labels: [String]
    /// Of a counter or gauge; the sum of a histogram.
    public var value: Double = 0
    /// Observations per bucket, the last one beyond the last bound; empty but for histograms.
    public var buckets: [UInt64] = []

    /// How many observations a histogram has.
    public var count: UInt64 { buckets.reduce(0, +) }
  }

  /// So many combinations of label values are told apart.
  public static let mostSeries = 500
  /// Seconds: from half a millisecond to a minute.
  public static let seconds: [Double] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
  ]

  public let name: String
  public let help: String
  public let kind: Kind
  public let labelNames: [String]
  /// The upper bounds of a histogram's buckets, ascending, without infinity.
  public let bounds: [Double]
  private let series = Mutex<[[String]: Series]>([:])

  /// - Parameters:
  ///   - name: letters, digits and `_`; of a counter with `_total` at its end.
  ///   - bounds: of a histogram.
  public init(
    _ kind: Kind, _ name: String, _ help: String, labels: [String] = [], bounds: [Double] = []
  ) {
    self.kind = kind
    self.name = name
    self.help = help
    labelNames = labels
    self.bounds = bounds
  }

  /// Adds to a counter.
  public func add(_ amount: Double = 1, _ labels: String...) { add(amount, labels: labels) }

  /// Adds to a counter.
  public func add(_ amount: Double, labels: [String]) {
    change(labels) { $0.value += amount }
  }

  /// Sets a gauge.
  public func set(_ value: Double, _ labels: String...) { set(value, labels: labels) }

  /// Sets a gauge.
  public func set(_ value: Double, labels: [String]) {
    change(labels) { $0.value = value }
  }

  /// Sets all values of a gauge at once; combinations that are left out are gone.
  public func replace(_ values: [[String]: Double]) {
    series.withLock { series in
      series = values.reduce(into: [:]) { $0[$1.key] = Series(labels: $1.key, value: $1.value) }
    }
  }

  /// Adds an observation to a histogram.
  public func observe(_ value: Double, _ labels: String...) { observe(value, labels: labels) }

  /// Adds a length of time, in seconds.
  public func observe(_ duration: Duration, _ labels: String...) {
    let (seconds, attoseconds) = duration.components
    observe(Double(seconds) + Double(attoseconds) / 1e18, labels: labels)
  }

  /// Adds an observation to a histogram.
  public func observe(_ value: Double, labels: [String]) {
    let place = bounds.firstIndex { value <= $0 } ?? bounds.count
    change(labels) { series in
      series.value += value
      series.buckets[place] += 1
    }
  }

  /// Everything counted so far, ordered by labels.
  public var snapshot: [Series] {
    series.withLock { Array($0.values) }.sorted { $0.labels.lexicographicallyPrecedes($1.labels) }
  }

  private func change(_ labels: [String], _ body: (inout Series) -> Void) {
    precondition(labels.count == labelNames.count, "a metric's labels")
    series.withLock { series in
      let isKnown = series[labels] != nil || series.count < Self.mostSeries
      let key = isKnown ? labels : labels.map { _ in "other" }
      body(&series[key, default: empty(key)])
    }
  }

  private func empty(_ labels: [String]) -> Series {
    let count = kind == .histogram ? bounds.count + 1 : 0
    return Series(labels: labels, buckets: Array(repeating: 0, count: count))
  }
}
