import ActionProtocol
import Addressing

/// Why a message goes out under the name that it does.
public enum SenderReason: String, CaseIterable, Hashable, Sendable {
  /// The proposal names it.
  case named
  /// It is the own one of the record's salesperson.
  case salesperson
  /// It is the org's for this kind of message.
  case orgKind = "org_kind"
  /// This kind goes out under the org's own.
  case orgDefault = "org_default"
  /// The records name no salesperson, so it is the org's own.
  case noSalesperson = "no_salesperson"
  /// The records belong to several salespeople, so it is the org's own.
  case severalSalespeople = "several_salespeople"
  /// The salesperson has no sender for this kind, so it is the org's own.
  case salespersonWithoutSender = "salesperson_without_sender"
  /// The sender that it would be is not verified at the provider, so it is the org's own.
  case unverified = "sender_unverified"
}

/// Which sender a revision has, and why. Stored with the revision; the mailbox itself is part of the
/// digest.
public struct SenderChoice: Hashable, Sendable {
  public var reason: SenderReason
  /// Nil: the one in the org's settings.
  public var sender: SenderID?
  /// Who looks after the records, where the reason is about that person.
  public var salesperson: String?

  public init(_ reason: SenderReason, sender: SenderID? = nil, salesperson: String? = nil) {
    self.reason = reason
    self.sender = sender
    self.salesperson = salesperson
  }
}

/// The sender of a message, with its answer address.
struct ChosenSender: Hashable, Sendable {
  /// Nil: of an e-mail, that there is none; of everything else, that it needs none.
  var mailbox: Mailbox?
  var replyTo: Mailbox?
  /// Nil: the provider's shared number.
  var smsSender: PhoneNumber?
  /// Nil where the org has but one sender, or none is needed.
  var choice: SenderChoice?
}

/// Why nothing goes out under the sender of a revision any more.
public enum SenderProblem: String, CaseIterable, Hashable, Sendable {
  /// The identity was removed or stands over this no longer: the approval is void, and the next
  /// revision asks under the name that the rules give now.
  case withdrawn = "sender_withdrawn"
  /// The provider would refuse it: held until that has changed.
  case unverified = "sender_unverified"
  /// The proposal itself names a sender that is not the org's any more: it ends.
  case notOwn = "sender_not_own"

  /// For people: what happened, and what to do.
  public var words: String {
    switch self {
    case .withdrawn:
      "The sender it was made for was removed or stands over this no longer; it asks again under "
        + "the name that the rules give now."
    case .unverified:
      "The sender is not verified at the provider. Verify its address or domain there, then: "
        + "aiom sender check. Or remove the sender, and it asks again under another."
    case .notOwn:
      "The sender that the proposal names is none of the org's. Add it with aiom sender add, or "
        + "propose it again without one."
    }
  }
}
