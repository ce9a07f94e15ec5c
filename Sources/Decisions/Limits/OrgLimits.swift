/// What one channel of an org may do at once and in a span of time. What is nil, nobody limited.
public struct ChannelLimit: Hashable, Sendable {
  /// Calls under way at once in one process; never more than the process allows any org.
  public var calls: Int?
  /// Messages in a span of time, over all processes.
  public var rate: ChannelRate?

  /// The most calls that can be set.
  public static let mostCalls = 256

  public init(calls: Int? = nil, rate: ChannelRate? = nil) {
    self.calls = calls
    self.rate = rate
  }

  /// `calls=8 rate=120/minute`, either part alone, or nothing.
  public var rawValue: String {
    [calls.map { "calls=\($0)" }, rate.map { "rate=\($0.rawValue)" }].compactMap { $0 }
      .joined(separator: " ")
  }

  /// Reads what ``rawValue`` wrote; nil where it is something else.
  public init?(rawValue: String) {
    self.init()
    for part in rawValue.split(separator: " ") {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2 else { return nil }
      switch pair[0] {
      case "calls":
        guard let calls = Int(pair[1]), (1...Self.mostCalls).contains(calls) else { return nil }
        self.calls = calls
      case "rate":
        guard let rate = ChannelRate(rawValue: pair[1]) else { return nil }
        self.rate = rate
      default: return nil
      }
    }
  }
}

/// An org's share of the work and the limits of its channels.
public struct OrgLimits: Hashable, Sendable {
  /// Where several orgs have due actions, each gets its part of the claims by weight.
  public var weight: Int
  public var email: ChannelLimit
  public var sms: ChannelLimit

  public static let weights = 1...100

  /// Weight 1, no limits: SMTP2GO documents no general limit of sending, and the limit of a key is set
  /// by whoever made it (developers.smtp2go.com, rate limiting, as stored 2026-11-22).
  public static let standard = OrgLimits()

  public init(weight: Int = 1, email: ChannelLimit = .init(), sms: ChannelLimit = .init()) {
    self.weight = weight
    self.email = email
    self.sms = sms
  }

  public subscript(channel: OutreachChannel) -> ChannelLimit {
    get {
      switch channel {
      case .email: email
      case .sms: sms
      }
    }
    set {
      switch channel {
      case .email: email = newValue
      case .sms: sms = newValue
      }
    }
  }
}
