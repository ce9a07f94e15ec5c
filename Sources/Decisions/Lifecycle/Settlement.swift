import ActionProtocol

/// What must be recorded after a call: computed here, carried out in one transaction by the engine.
public struct Settlement: Hashable, Sendable {
  /// What becomes of the reservation that counted the message before it left.
  public enum Reservation: String, Hashable, Sendable {
    /// It counts as sent.
    case sent
    /// It never happened and no longer counts.
    case released
    /// Nobody knows: it goes on counting.
    case kept
  }

  /// Where the action goes.
  public enum Next: Hashable, Sendable {
    case completed
    case failed(code: String)
    /// Back to approved, waiting for the instant with the reason.
    case waiting(HoldReason, until: Instant)
    /// Stays executing until evidence settles it; the first look is at the instant.
    case unknown(firstLook: Instant)
  }

  public let next: Next
  public let reservation: Reservation
  /// Whether this call counts against the limit of real attempts.
  public let countsAsAttempt: Bool
  /// Set where the whole channel of the org has to wait, not only this action.
  public let channelPausedUntil: Instant?

  /// The code of a call that was never begun because the process had lost its lease: nobody's fault,
  /// so it does not count as an attempt.
  public static let leaseOver = "lease_over"

  /// The code of a call that was never begun because the commit of its intent was not acknowledged.
  /// It does not count either.
  public static let unacknowledged = "intent_not_acknowledged"

  /// The code of a call that an emergency stop held back before its first byte. It does not count
  /// either, and is due again as soon as the stop is lifted.
  public static let stopped = "stopped"

  /// The codes of *not sent* that lie in the message itself or in its books, not in the way out:
  /// trying it again changes little, so they count as attempts, and no other message waits for them.
  public static let ownFaults: Set<String> = [
    "attachment_unreadable", "request_invalid", "ledger_refused", "claim_lost",
  ]

  /// Decides what a call's outcome means.
  ///
  /// A call that never reached the provider (refused, no name, no TLS) is a condition of the channel:
  /// it pauses for all, is tried again with a growing wait, and ends what was approved only at its
  /// deadline. Nothing was handed over, so it is no real attempt.
  ///
  /// - Parameters:
  ///   - outcome: what the connector reported.
  ///   - attempts: real attempts before this one.
  ///   - calls: all calls of the action before this one; the wait for a channel that is down grows
  ///     with them.
  ///   - limits: attempt limit and back-off.
  ///   - now: the database's time.
  ///   - executeBy: the instant after which the action may no longer be carried out.
  ///   - jitter: uniform in 0..<1.
  public static func after(
    _ outcome: CallOutcome, attempts: Int, calls: Int = 0, limits: RetryPolicy, now: Instant,
    executeBy: Instant, jitter: Double
  ) -> Settlement {
    switch outcome {
    case .accepted:
      return Settlement(.completed, .sent, counts: true)
    case .refused(let code, _):
      return Settlement(.failed(code: code), .released, counts: true)
    case .configuration(let code, _):
      let until = now.advanced(by: limits.configurationPause)
      // A sender may be one message's own; a key or an account stops the whole channel.
      let pausing = code.hasPrefix("sender") ? nil : until
      return Settlement(.waiting(.configuration, until: until), .released, pausing: pausing)
    case .throttled(let retryAfter):
      let pause = max(retryAfter ?? limits.throttlePause, .seconds(1))
      let until = now.advanced(by: pause)
      return Settlement(.waiting(.throttled, until: until), .released, pausing: until)
    case .notSent(leaseOver), .notSent(unacknowledged):
      let until = now.advanced(by: limits.base)
      return Settlement(.waiting(.retryBackoff, until: until), .released)
    case .notSent(stopped):
      return Settlement(.waiting(.paused, until: now), .released)
    case .notSent(let code) where ownFaults.contains(code):
      return retried(
        code, attempts: attempts, limits: limits, now: now, executeBy: executeBy, jitter: jitter)
    case .notSent(let code):
      let until = now.advanced(by: limits.backoff(afterAttempts: calls, jitter: jitter))
      guard until < executeBy else {
        return Settlement(.failed(code: "deadline_before_retry.\(code)"), .released)
      }
      return Settlement(.waiting(.retryBackoff, until: until), .released, pausing: until)
    case .unknown:
      let look = ReconciliationSchedule.standard.due(afterLooks: 0, end: now)
      return Settlement(.unknown(firstLook: look), .kept, counts: true)
    }
  }

  private static func retried(
    _ code: String, attempts: Int, limits: RetryPolicy, now: Instant, executeBy: Instant,
    jitter: Double
  ) -> Settlement {
    let wait = limits.backoff(afterAttempts: attempts, jitter: jitter)
    let until = now.advanced(by: wait)
    guard attempts + 1 < limits.maximumAttempts else {
      return Settlement(.failed(code: "attempts_exhausted.\(code)"), .released, counts: true)
    }
    guard until < executeBy else {
      return Settlement(.failed(code: "deadline_before_retry.\(code)"), .released, counts: true)
    }
    return Settlement(.waiting(.retryBackoff, until: until), .released, counts: true)
  }

  private init(
    _ next: Next, _ reservation: Reservation, counts: Bool = false, pausing: Instant? = nil
  ) {
    self.next = next
    self.reservation = reservation
    self.countsAsAttempt = counts
    self.channelPausedUntil = pausing
  }
}
