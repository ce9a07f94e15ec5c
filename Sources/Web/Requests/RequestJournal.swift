import HTTPTypes
import Logging

/// One log line per request: which route, what was answered, how long it took.
///
/// Never the path, the query, a field, the body or an address: the path holds a secret, and an
/// address is a person's.
struct RequestJournal: Sendable {
  let logger: Logger
  let listener: ListenerRole

  func note(
    _ id: RequestID, method: HTTPRequest.Method, route: RouteTemplate?,
    status: HTTPResponse.Status, problem: Problem?, took: Duration
  ) {
    let level: Logger.Level = status.code >= 500 ? .warning : .debug
    guard logger.logLevel <= level else { return }
    var metadata: Logger.Metadata = [
      "request": "\(id.text)", "listener": "\(listener.rawValue)",
      "method": "\(Self.word(method))", "route": "\(route?.text ?? "none")",
      "status": "\(status.code)", "microseconds": "\(Self.microseconds(took))",
    ]
    if let problem { metadata["problem"] = "\(problem.code)" }
    logger.log(level: level, "request", metadata: metadata)
  }

  /// A handler failed. Errors of the house describe themselves by code; of others only the type is
  /// said, since their words may contain anything.
  func fault(_ id: RequestID, _ error: any Error) {
    logger.error(
      "a request could not be served",
      metadata: ["request": "\(id.text)", "error": "\(String(describing: type(of: error)))"])
  }

  private static func microseconds(_ duration: Duration) -> Int64 {
    duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000
  }

  /// A method that a client made up could be anything.
  private static func word(_ method: HTTPRequest.Method) -> String {
    let known: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options]
    return known.contains(method) ? method.rawValue : "other"
  }
}
