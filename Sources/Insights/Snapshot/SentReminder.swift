import ActionProtocol

/// A reminder that went out, and what is known of its arrival.
public struct SentReminder: Hashable, Sendable {
  /// Whether it reached the customer.
  public enum Arrival: String, CaseIterable, Hashable, Sendable {
    /// A delivered event, or accepted and not sent back within 24 hours (DECISIONS 18).
    case delivered
    /// Nobody knows yet.
    case underWay = "under_way"
    /// It bounced, was refused or was reported as spam: the customer was not reminded.
    case failed

    /// How long a message that nobody sends back takes to count as delivered.
    public static let silence: Duration = .seconds(24 * 3600)

    /// - Parameters:
    ///   - isProven: an event says that it arrived.
    ///   - isRefuted: an event says that it did not.
    public init(isProven: Bool, isRefuted: Bool, sentAt: Instant, now: Instant) {
      if isRefuted {
        self = .failed
      } else {
        self = isProven || sentAt.advanced(by: Self.silence) <= now ? .delivered : .underWay
      }
    }
  }

  public var partner: PartnerID
  /// The day in the company's zone.
  public var sentOn: LocalDate
  public var arrival: Arrival
  /// By `account.move` id: the days overdue at which the level begins that the invoice was reminded at.
  /// What was merely listed is not in it.
  public var steps: [Int64: Int]

  public init(
    partner: PartnerID, sentOn: LocalDate, arrival: Arrival = .delivered, steps: [Int64: Int]
  ) {
    self.partner = partner
    self.sentOn = sentOn
    self.arrival = arrival
    self.steps = steps
  }
}
