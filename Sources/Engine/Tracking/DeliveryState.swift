/// How far a message got, from its events alone.
///
/// A function of the set of events: their order and repetitions change nothing. A later stage is
/// never taken back by an earlier one that comes late; what went wrong outweighs what went well.
public enum DeliveryState: Int, CaseIterable, Comparable, Sendable {
  /// Nothing is known but that it was handed over.
  case sent
  /// The provider, or the network, has it.
  case underWay
  /// Refused for the moment; the provider tries again.
  case delayed
  case delivered
  case opened
  case clicked
  /// The recipient wants no more.
  case unsubscribed
  /// The provider did not send it on.
  case rejected
  /// Refused for good, or lost on the way.
  case failed
  /// Reported as spam.
  case complained

  public static func < (left: DeliveryState, right: DeliveryState) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The state of a message, or of one of its recipients where only their events are given.
  public init(_ events: some Sequence<ProviderEvent>) {
    var state = DeliveryState.sent
    for event in events { state = max(state, DeliveryState(event)) }
    self = state
  }

  private init(_ event: ProviderEvent) {
    switch event.kind {
    case .processed, .smsSending, .smsSubmitted: self = .underWay
    case .softBounced: self = .delayed
    case .delivered, .smsDelivered: self = .delivered
    case .opened: self = .opened
    case .clicked: self = .clicked
    case .unsubscribed, .smsOptOut: self = .unsubscribed
    case .rejected, .smsRejected: self = .rejected
    case .bounced: self = event.code?.first == "4" ? .delayed : .failed
    case .hardBounced, .smsFailed: self = .failed
    case .complained: self = .complained
    case .resubscribed, .unknown: self = .sent
    }
  }

  /// The word for people and programs.
  public var word: String {
    switch self {
    case .sent: "sent"
    case .underWay: "under way"
    case .delayed: "delayed"
    case .delivered: "delivered"
    case .opened: "opened"
    case .clicked: "clicked"
    case .unsubscribed: "unsubscribed"
    case .rejected: "rejected by the provider"
    case .failed: "bounced"
    case .complained: "reported as spam"
    }
  }
}
