import HTTPTypes

/// The figures of the process, for Prometheus.
struct MetricsHandler: ReadingHandler {
  private let metrics: any MetricsReading

  init(_ ports: ReadPorts) {
    metrics = ports.metrics
  }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    .text(await metrics.text(), mediaType: metrics.mediaType)
  }
}
