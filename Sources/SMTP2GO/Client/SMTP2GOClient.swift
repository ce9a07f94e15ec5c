/// A client of SMTP2GO's HTTP API, version 3.
///
/// Every call answers with a `CallResult` and never throws: what the provider did is one of the
/// classes of `Outcome`, decided in `OutcomeClassifier` alone.
///
/// Guarantees:
/// - no call is ever repeated by the client, and no redirect is followed;
/// - `notSent` is answered only where the head of the request was never handed to a connection,
///   and after that answer it never will be (`HandoverGate`);
/// - a call ends by its deadline, also when the surrounding task is cancelled: a request that is
///   under way is never abandoned without an answer. A search of the activity may first wait for
///   its turn, at most 61 seconds;
/// - what is reported on a call (one log line, one counter, one timer) and every description hold
///   neither key nor address, subject or body.
///
/// The client owns its HTTP client. Call `shutdown()` once before letting go of it.
public struct SMTP2GOClient: Sendable {
  let transport: Transport
  let activityPace: CallPace
  private let observer: CallObserver

  /// Prepares a client. No connection is opened before the first call.
  ///
  /// - Throws: `ConfigurationIssue` for what can never work.
  public init(configuration: Configuration) throws(ConfigurationIssue) {
    transport = try Transport(configuration: configuration)
    activityPace = .activity(configuration.time)
    observer = CallObserver(logger: configuration.logger, factory: configuration.metrics)
  }

  /// Closes all connections. Calls under way end as `unknown`, later ones as `notSent`.
  public func shutdown() async throws {
    try await transport.shutdown()
  }

  /// Makes one call and classifies what came back.
  func call<Value: Sendable>(
    _ endpoint: Endpoint, _ body: RequestBody = .empty, reader: AnswerReader<Value>,
    leave: CallLeave? = nil
  ) async -> CallResult<Value> {
    if body.length > endpoint.largestRequest { return refuse(endpoint, .tooLarge(endpoint)) }
    let started = ContinuousClock.now
    let exchange = await transport.post(endpoint, body: body, leave: leave)
    let verdict = OutcomeClassifier.classify(exchange, reader: reader)
    return reported(
      endpoint,
      CallResult(
        outcome: verdict.outcome, requestID: verdict.requestID, httpStatus: exchange.status,
        duration: ContinuousClock.now - started))
  }

  /// Answers without a request.
  func refuse<Value: Sendable>(_ endpoint: Endpoint, _ refusal: Refusal) -> CallResult<Value> {
    reported(endpoint, CallResult(outcome: .refused(refusal)))
  }

  func reported<Value: Sendable>(
    _ endpoint: Endpoint, _ result: CallResult<Value>
  ) -> CallResult<Value> {
    observer.record(CallObserver.Report(endpoint, result))
    return result
  }
}

extension SMTP2GOClient: CustomStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "SMTP2GOClient" }
  /// Without children: the prepared requests hold the key.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
