import ActionProtocol

/// Why an open deal wants a look.
public enum DealIssue: Hashable, Sendable {
  /// Longer in its stage than most deals that went on.
  case slow(days: Int, limit: StageLimit)
  /// Longer than all but a few.
  case stalled(days: Int, limit: StageLimit)
  /// Longer than any deal that went on: one to close, by a person's decision.
  case agedOut(days: Int, limit: StageLimit)
  /// Nobody did anything for so many days.
  case idle(days: Int)
  /// The day it should have closed is over by so many days.
  case closeDatePast(days: Int)
  /// That day was moved later so many times.
  case slipping(times: Int)

  /// The word of protocols and JSON.
  public var code: String {
    switch self {
    case .slow: "slow"
    case .stalled: "stalled"
    case .agedOut: "aged_out"
    case .idle: "idle"
    case .closeDatePast: "close_date_past"
    case .slipping: "slipping"
    }
  }

  /// One sentence for people.
  public var explanation: String {
    switch self {
    case .slow(let days, let limit):
      "\(Self.stay(days, limit)), longer than four of five that went on (\(limit.explanation))."
    case .stalled(let days, let limit): "\(Self.stay(days, limit)): \(limit.explanation)."
    case .agedOut(let days, let limit):
      """
      \(Self.stay(days, limit)); no deal that went on took more than \(limit.longest ?? 0). Decide \
      whether to close it.
      """
    case .idle(let days): "No activity for \(days) days."
    case .closeDatePast(let days): "Its expected close was \(days) days ago."
    case .slipping(let times): "Its expected close was moved later \(times) times."
    }
  }

  private static func stay(_ days: Int, _ limit: StageLimit) -> String {
    limit.isOfCycle ? "\(days) days since it began" : "\(days) days in its stage"
  }
}

/// An open deal with what is to be said about it.
public struct DealFinding: Hashable, Sendable {
  public let deal: DealFacts
  /// In the order of ``DealIssue``'s cases; never empty.
  public let issues: [DealIssue]
  /// Days in its stage, or since it began where that is not known; nil: neither is.
  public let days: Int?
  /// Which share (0...1) of the stays that ended well were shorter.
  public let rank: Double?
  /// The chance (0...1) of winning it after so long; nil where no deal that is over took longer.
  public let chance: Double?
  /// Its value times its chance, or its value where that is not known, in minor units of its currency; what lists are ordered by.
  public let expected: Money?
  /// The manager's as well.
  public let isHighValue: Bool

  /// Stalled, and not so old that nothing of that age was ever won.
  public var isStalled: Bool {
    issues.contains { if case .stalled = $0 { true } else { false } }
  }

  public var isAgedOut: Bool {
    issues.contains { if case .agedOut = $0 { true } else { false } }
  }
}
