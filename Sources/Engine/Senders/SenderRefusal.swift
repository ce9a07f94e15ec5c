import ActionProtocol
import Addressing

/// Why a sender is not taken. Nothing was changed.
enum SenderRefusal {
  /// The domain of the setup guide's example.
  private static let exampleDomain = "yourdomain.com"

  static func check(_ sender: SenderIdentity, among organisation: Organisation) throws {
    try refuseExample(sender)
    guard !sender.purposes.isEmpty else { throw noPurpose }
    if sender.purposes == [.smsAlert], sender.smsSender == nil { throw noNumber }
    let others = organisation.identities.filter { $0.id != sender.id }
    if others.contains(where: { $0.mailbox == sender.mailbox })
      || organisation.sender == sender.mailbox && sender.replyTo == organisation.replyTo
        && sender.smsSender == nil
    {
      throw sameMailbox
    }
    for other in others where other.salesperson?.userID == sender.salesperson?.userID {
      if let taken = other.purposes.intersection(sender.purposes).min() {
        throw purposeTaken(taken, by: other)
      }
    }
  }

  private static func refuseExample(_ sender: SenderIdentity) throws {
    for address in [sender.mailbox.address, sender.replyTo?.address].compactMap(\.self)
    where address.domain == exampleDomain || address.domain.hasSuffix("." + exampleDomain) {
      throw DecisionError(
        .invalid, "sender.placeholder", "\(exampleDomain) is the example's domain, not yours.",
        remedy: "Give an address of your own.")
    }
  }

  static func exists(_ id: SenderID) -> DecisionError {
    DecisionError(
      .conflict, "sender.exists", "There is a sender \(id.rawValue) already.",
      remedy: "Change it with: aiom sender set \(id.rawValue); or choose another name.")
  }

  static func unknown(_ id: SenderID) -> DecisionError {
    DecisionError(
      .unknown, "sender.unknown", "There is no sender \(id.rawValue) in this org.",
      remedy: "List them with: aiom sender list.")
  }

  static let noPurpose = DecisionError(
    .invalid, "sender.no_kind", "It says of no kind of message that this sender stands over it.",
    remedy: "Name the salesperson whose it is with --salesperson, or kinds of message with --kinds."
  )

  private static let noNumber = DecisionError(
    .invalid, "sender.no_number", "A sender of SMS alone needs a number.",
    remedy: "Give it with --sms-sender +15551234567.")

  private static let sameMailbox = DecisionError(
    .conflict, "sender.same_mailbox", "Another sender of this org is the same mailbox.",
    remedy: "Change that one, or give this one another name or address: aiom sender list.")

  static func otherUser(_ id: Int64, _ known: String) -> DecisionError {
    DecisionError(
      .conflict, "sender.other_user", "User \(id) of this org is called \(known).",
      remedy: "Give that name, or leave --user-id out and name the salesperson alone.")
  }

  private static func purposeTaken(
    _ purpose: SenderPurpose, by other: SenderIdentity
  ) -> DecisionError {
    let whose = other.salesperson.map { "\($0.name)'s" } ?? "the org's"
    return DecisionError(
      .conflict, "sender.kind_taken",
      "\(other.id.rawValue) is \(whose) sender for \(purpose.rawValue) already.",
      remedy: "Take the kind from it first: aiom sender set \(other.id.rawValue) --kinds …")
  }
}
