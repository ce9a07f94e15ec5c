import ActionProtocol

/// Where a person signed in.
public enum SessionPlace: String, CaseIterable, Hashable, Sendable {
  /// A browser: a cookie.
  case web
  /// The command line: a file in the home directory.
  case cli
}

/// How long a session lasts without use, and at most.
public struct SessionRules: Hashable, Sendable {
  public var idle: Duration
  public var longest: Duration

  public init(idle: Duration, longest: Duration) {
    self.idle = idle
    self.longest = longest
  }

  public static func standard(_ place: SessionPlace) -> SessionRules {
    switch place {
    case .web: SessionRules(idle: .seconds(3600), longest: .seconds(12 * 3600))
    case .cli: SessionRules(idle: .seconds(12 * 3600), longest: .seconds(7 * 86_400))
    }
  }

  /// When a session ends, used for the last time at an instant.
  public func ends(created: Instant, seen: Instant) -> Instant {
    min(seen.advanced(by: idle), created.advanced(by: longest))
  }

  public func isLive(created: Instant, seen: Instant, now: Instant) -> Bool {
    now < ends(created: created, seen: seen)
  }

  /// Whether a use is written down: once a minute is enough, so that looking costs no write.
  public func notes(seen: Instant, now: Instant) -> Bool {
    now.duration(since: seen) >= .seconds(60)
  }
}
