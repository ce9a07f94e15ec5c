import ActionProtocol
import ArgumentParser
import Engine

/// What describes a sender on the command line.
struct SenderOptions: ParsableArguments {
  @Option(name: .long, help: "The sender of e-mails: an address, or \"Name <address>\".")
  var mailbox: String?

  @Option(name: .long, help: "Where answers go; empty: to the mailbox itself.")
  var replyTo: String?

  @Option(name: .long, help: "The number over SMS, such as +15551234567; empty: none.")
  var smsSender: String?

  @Option(name: .long, help: "Whose records' messages it stands over; empty: the organisation's.")
  var salesperson: String?

  @Option(name: .long, help: "That person's id in Odoo (res.users), where records come from there.")
  var userId: Int64?

  @Option(
    name: .long,
    help:
      "Kinds of message, with commas (default for a salesperson: deal_follow_up,deal_check_in,customer_check_in).",
    completion: .list(SenderPurpose.allCases.map(\.rawValue)))
  var kinds: String?

  @Flag(
    name: .long,
    help: "Do not ask the provider whether it takes the sender, and look up no DNS record.")
  var offline = false
}

/// The id of a sender.
struct SenderIDArgument: ParsableArguments {
  @Argument(
    help: "The sender's short name, such as ann.",
    completion: .shellCommand("aiom sender list --ids 2>/dev/null"))
  var id: String

  func read() throws -> SenderID {
    guard let id = SenderID(rawValue: id) else {
      throw Failure(
        .refused, "sender.id",
        id == SenderID.reserved
          ? "org is the sender in the organisation's settings."
          : "ID must be 1 to 50 of a-z, 0-9 and -, such as ann.",
        remedy: id == SenderID.reserved
          ? "Change that with `aiom org set --sender`." : "Choose such a name; nothing was stored.")
    }
    return id
  }
}
