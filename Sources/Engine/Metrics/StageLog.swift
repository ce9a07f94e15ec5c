import ActionProtocol
import Decisions
import Logging

extension EngineContext {
  /// Counts the stages of an action and writes one line about each, with ids and codes only. Debug,
  /// because there are six to an action; at `info` an action has the one line of its outcome.
  func note(_ report: ExecutionReport) {
    metrics.passed(report)
    guard logger.logLevel <= .debug else { return }
    for stage in report.stages {
      var metadata: Logger.Metadata = [
        "action": "\(report.id.rawValue)", "org": "\(report.org.rawValue)",
        "revision": "\(report.revision)", "stage": "\(stage.stage.rawValue)",
        "result": "\(stage.result)", "us": "\(stage.microseconds)",
      ]
      if let call = report.call { metadata["call"] = "\(call)" }
      if let detail = stage.detail { metadata["detail"] = "\(detail)" }
      logger.debug("stage", metadata: metadata)
    }
  }
}
