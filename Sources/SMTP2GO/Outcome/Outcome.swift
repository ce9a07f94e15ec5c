/// The classes into which every call falls. What to do next depends on the class alone.
public enum Outcome<Value: Sendable>: Sendable {
  /// The provider took it: done.
  case accepted(Value)
  /// The provider took it for some recipients and refused others: done, and never sent again.
  /// `refused` holds the provider's texts or the refused destinations; both may name recipients.
  case acceptedInPart(Value, refused: [String])
  /// The provider refused it and took nothing: repeating it unchanged is useless.
  case refused(Refusal)
  /// Too many calls; nothing was taken. Wait as long as told, at least a minute when not told.
  case throttled(retryAfter: Duration?)
  /// Proven never to have been handed to a connection: may be repeated.
  case notSent(NotSentReason)
  /// May or may not have been taken: to be found out, never to be repeated blindly.
  case unknown(UnknownReason)
  /// Key, permission, region, sender or account are not in order; nothing was taken, and nothing
  /// will be until an operator has acted.
  case configuration(Refusal)

  /// The class's name, for logs and metrics.
  public var label: String {
    switch self {
    case .accepted: "accepted"
    case .acceptedInPart: "accepted_in_part"
    case .refused: "refused"
    case .throttled: "throttled"
    case .notSent: "not_sent"
    case .unknown: "unknown"
    case .configuration: "configuration"
    }
  }

  /// What the provider returned, where it took something.
  public var value: Value? {
    switch self {
    case .accepted(let value), .acceptedInPart(let value, _): value
    default: nil
    }
  }

  /// The same outcome with another value in it.
  public func map<Other: Sendable>(_ transform: (Value) -> Other) -> Outcome<Other> {
    switch self {
    case .accepted(let value): .accepted(transform(value))
    case .acceptedInPart(let value, let refused):
      .acceptedInPart(transform(value), refused: refused)
    case .refused(let refusal): .refused(refusal)
    case .throttled(let retryAfter): .throttled(retryAfter: retryAfter)
    case .notSent(let reason): .notSent(reason)
    case .unknown(let reason): .unknown(reason)
    case .configuration(let refusal): .configuration(refusal)
    }
  }
}

extension Outcome: Equatable where Value: Equatable {}

extension Outcome: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Class and code; never a value or a text of the provider.
  public var description: String {
    switch self {
    case .accepted, .acceptedInPart: label
    case .refused(let refusal), .configuration(let refusal): "\(label): \(refusal)"
    case .throttled(let delay): "\(label): \(delay.map { "\($0.components.seconds) s" } ?? "?")"
    case .notSent(let reason): "\(label): \(reason.rawValue)"
    case .unknown(let reason): "\(label): \(reason.rawValue)"
    }
  }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: values may hold addresses.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
