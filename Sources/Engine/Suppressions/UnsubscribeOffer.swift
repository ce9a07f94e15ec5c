import ActionProtocol
import Addressing
import Decisions

/// Gives a message its way to object, inside the intent's transaction.
///
/// The token is no part of any digest: it is added at execution, one per call. It is 32 random bytes
/// and stands for every recipient of the message, because all of them see the same header and nobody
/// can tell who followed it.
struct UnsubscribeOffer {
  let store: any StoreTransaction
  let configuration: EngineConfiguration
  let entropy: Entropy

  /// - Returns: nil where the class of the message offers no choice.
  func make(for revision: Revision, _ intent: AttemptIntent) throws -> ListUnsubscribe? {
    guard intent.channel == .email, MessageClass(revision.proposal.actionType).offersUnsubscribe,
      let mailbox = revision.replyTo ?? revision.sender
    else { return nil }
    return ListUnsubscribe(link: try link(intent), mailbox: mailbox.address)
  }

  /// A rehearsal's message goes to the operator, who must not unsubscribe a customer by it.
  private func link(_ intent: AttemptIntent) throws -> String? {
    guard let base = configuration.publicURL, base.lowercased().hasPrefix("https://"),
      intent.delivery != .redirect
    else { return nil }
    let token = Base64Text.url(entropy.bytes(32))
    try store.insert(
      UnsubscribeLink(
        token: .sha256(Array(token.utf8)), org: intent.org, operation: intent.operation,
        channel: .email, createdAt: intent.at))
    return "\(base)/u/\(token)"
  }
}
