/// Metrics as Prometheus reads them: the text format, version 0.0.4
/// (prometheus.io/docs/instrumenting/exposition_formats).
public enum MetricText {
  public static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

  /// One block per family in the order given, each with HELP and TYPE; families without values too,
  /// so that a dashboard sees what there is.
  public static func render(_ families: [MetricFamily]) -> String {
    families.map(block).joined()
  }

  private static func block(_ family: MetricFamily) -> String {
    var text = "# HELP \(family.name) \(escaped(family.help, quotes: false))\n"
    text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
    for series in family.snapshot {
      let labels = Array(zip(family.labelNames, series.labels))
      switch family.kind {
      case .counter, .gauge: text += line(family.name, labels, series.value)
      case .histogram: text += histogram(family, labels, series)
      }
    }
    return text
  }

  private static func histogram(
    _ family: MetricFamily, _ labels: [(String, String)], _ series: MetricFamily.Series
  ) -> String {
    var text = ""
    var cumulative: UInt64 = 0
    let bounds = family.bounds.map(number) + ["+Inf"]
    for (bound, count) in zip(bounds, series.buckets) {
      cumulative += count
      text += line(family.name + "_bucket", labels + [("le", bound)], Double(cumulative))
    }
    text += line(family.name + "_sum", labels, series.value)
    return text + line(family.name + "_count", labels, Double(cumulative))
  }

  private static func line(
    _ name: String, _ labels: [(String, String)], _ value: Double
  ) -> String {
    let pairs = labels.map { "\($0.0)=\"\(escaped($0.1, quotes: true))\"" }
    let braces = pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
    return "\(name)\(braces) \(number(value))\n"
  }

  /// Whole numbers without a point; the rest as short as they can be read back.
  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    if let whole = Int64(exactly: value) { return String(whole) }
    return String(value)
  }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\"" where quotes: escaped += "\\\""
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }
}
