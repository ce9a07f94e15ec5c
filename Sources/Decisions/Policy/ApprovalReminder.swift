import ActionProtocol

/// When somebody is written to about a request: once it has waited a little, once more before it ends, and
/// again each day.
public enum ApprovalReminder {
  /// What was asked just now may be decided in a minute.
  public static let patience: Duration = .seconds(600)
  public static let repetition: Duration = .seconds(86_400)
  /// So long before its end somebody is reminded once more.
  public static let lastCall: Duration = .seconds(4 * 3600)

  /// - Parameters:
  ///   - asked: when this person came to be asked: with the request, or with its escalation.
  ///   - told: when the person was last written to about what waits; nil: never.
  public static func isDue(asked: Instant, ends: Instant, told: Instant?, now: Instant) -> Bool {
    let ripe = asked.advanced(by: patience)
    guard ripe <= now, now < ends else { return false }
    guard let told, ripe <= told else { return true }
    let call = ends.advanced(by: .zero - lastCall)
    return told.advanced(by: repetition) <= now || told < call && call <= now
  }
}
