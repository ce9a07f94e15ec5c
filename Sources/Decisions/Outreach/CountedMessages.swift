import ActionProtocol

/// Past messages of one subject of a cap: of all of them, in order of time, those of some ranks.
public struct CountedMessages: Hashable, Sendable {
  public let subject: OutreachCap.Subject
  public let span: OutreachCap.Span
  /// The digest of the address or the domain; nil for the org and a partner.
  public let address: Digest?
  /// The rank of the first of ``instants``; 0 is the latest message.
  public let firstRank: Int
  /// When they were reserved, the latest first. Fewer than asked for: there are no more.
  public let instants: [Instant]
  /// How many were counted since, later than all of these.
  public var later: Int

  public init(
    _ subject: OutreachCap.Subject, _ span: OutreachCap.Span, address: Digest? = nil,
    firstRank: Int = 0, instants: [Instant], later: Int = 0
  ) {
    self.subject = subject
    self.span = span
    self.address = address
    self.firstRank = firstRank
    self.instants = instants
    self.later = later
  }

  /// When a message may go without being one too many; nil: now.
  ///
  /// It may when the message that is `limit` places before it is a whole span old.
  func opening(limit: Int, now: Instant) -> Instant? {
    let rank = limit - 1 - later
    // Counted in this very transaction.
    if rank < 0 { return now.advanced(by: span.duration) }
    let place = rank - firstRank
    guard instants.indices.contains(place) else { return nil }
    let end = instants[place].advanced(by: span.duration)
    return end > now ? end : nil
  }
}

extension OutreachCap.Span {
  /// For people.
  public var words: String {
    switch self {
    case .hour: "an hour"
    case .day: "a day"
    }
  }
}

extension OutreachCaps {
  /// Why one more message would be too many.
  func reasons(
    _ counted: [CountedMessages], _ audience: OutreachAudience, _ channel: OutreachChannel,
    now: Instant
  ) -> [GuardReason] {
    guard !counted.isEmpty else { return [] }
    return binding(audience, channel).flatMap { cap, limit in
      counted.filter { $0.subject == cap.subject && $0.span == cap.span }.compactMap { messages in
        messages.opening(limit: limit, now: now).map { end in
          GuardReason(
            rule: cap.rule, hold: .cap, limit: .count(limit, cap.span), until: end,
            address: messages.address, found: "\(limit) in \(cap.span.words)")
        }
      }
    }
  }
}
