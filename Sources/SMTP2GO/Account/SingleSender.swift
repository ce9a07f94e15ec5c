/// A sender address that was verified by itself, without its domain.
public struct SingleSender: Sendable, Hashable {
  /// The address as the provider writes it.
  public var emailAddress: String
  /// Whether its owner has confirmed it; nil where the provider does not say.
  public var isVerified: Bool?
}

extension SingleSender: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The state without the address.
  public var description: String {
    "SingleSender(verified: \(isVerified.map { String($0) } ?? "?"))"
  }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: one is an address.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension AnswerReader where Value == [SingleSender] {
  static let singleSenders = AnswerReader(
    read: { data in
      guard let senders = data.array ?? data["senders"]?.array else { return .incomplete }
      return .accepted(
        senders.compactMap { sender in
          let address = sender.first("email_address", "email")?.nonEmptyText ?? sender.nonEmptyText
          return address.map {
            SingleSender(emailAddress: $0, isVerified: sender.first("verified")?.bool)
          }
        })
    },
    proves: { _ in false })
}
