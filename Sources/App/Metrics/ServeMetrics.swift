import Engine
import Web

/// Everything a serving process counts, gathered for a scrape.
struct ServeMetrics: MetricsReading {
  private let report: MetricsReport

  let mediaType = MetricText.mediaType

  init(_ house: House) {
    let (database, provider) = (house.database.database, house.providerMetrics)
    report = MetricsReport(house.context) {
      let commits = (database as? any CommitCounting)?.commitSizes
      return [commits].compactMap(\.self) + provider.families + ProcessFigures.families()
    }
  }

  func text() async -> String { await report.text() }
}
