import ActionProtocol

/// Whether the lead may change hands.
///
/// The lead is a convenience, never a proof: whatever it leads to is claimed once more by
/// compare-and-set, so that a leader who slept and wakes can do no harm.
public enum Leadership {
  /// How long the lead lasts without being renewed, in the database's time.
  public static let length: Duration = .seconds(9)
  /// How often it is renewed.
  public static let renewal: Duration = .seconds(3)

  /// Whether somebody else may take the lead: its time is over, or its holder is proven dead or has
  /// ended.
  public static func mayBeTaken(expiresAt: Instant, now: Instant, holderLives: Bool) -> Bool {
    expiresAt <= now || !holderLives
  }
}
