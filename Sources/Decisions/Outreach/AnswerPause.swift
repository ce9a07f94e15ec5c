import ActionProtocol

/// That a customer wrote, and since then nobody was written to.
public struct CustomerAnswer: Hashable, Sendable {
  /// When the last message of the customer came in that no machine wrote.
  public let at: Instant
  /// The last message to the customer, on any channel; nil: there was none.
  public let lastOutreach: Instant?
  /// How long an answer holds messages back: a setting of the org. Zero: not at all.
  public let pause: Duration

  public init(at: Instant, lastOutreach: Instant?, pause: Duration) {
    self.at = at
    self.lastOutreach = lastOutreach
    self.pause = pause
  }
}

/// Whoever has just written to us is not reminded by a machine before a person has read it.
///
/// An answer counts until something is sent to the customer, or until the org's pause is over.
public enum AnswerPause {
  /// - Returns: `customer.answered`, or nothing.
  public static func reasons(_ answer: CustomerAnswer?, now: Instant) -> [GuardReason] {
    guard let answer, answer.pause > .zero, answer.lastOutreach.map({ $0 < answer.at }) ?? true
    else { return [] }
    let end = answer.at.advanced(by: answer.pause)
    guard end > now else { return [] }
    return [
      GuardReason(
        rule: "customer.answered", hold: .paused, limit: .afterAnswer(answer.pause), until: end,
        since: answer.at)
    ]
  }
}
