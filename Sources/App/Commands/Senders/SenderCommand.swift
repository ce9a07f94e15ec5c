import ArgumentParser

/// The names under which an organisation writes.
struct SenderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sender",
    abstract: "The names under which messages go out: list, add, set, remove, check.",
    discussion: Examples.after(
      """
      An organisation writes under the sender of its settings (`aiom org set --sender`). Further
      senders stand over the messages of a salesperson's records, or over kinds of message. Deal
      follow-ups and check-ins go out under the sender of whoever looks after the record, where
      there is one and the provider does not refuse it; everything else under the organisation's.
      The card of an action says which it is and why. Nothing goes out under any other name.
      """,
      "aiom sender list",
      "aiom sender add ann --mailbox \"Ann Lee <ann@acme.example>\" \\",
      "    --salesperson \"Ann Lee\"",
      "aiom sender add desk --mailbox \"Acme Desk <desk@acme.example>\" \\",
      "    --kinds invoice_reminder,payment_confirmation",
      "aiom sender check"),
    subcommands: [
      SenderListCommand.self, SenderAddCommand.self, SenderSetCommand.self,
      SenderRemoveCommand.self, SenderCheckCommand.self,
    ])
}
