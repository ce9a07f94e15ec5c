import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct SenderAddCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a name under which messages go out.",
    discussion: Examples.after(
      """
      With --salesperson it stands over the messages of that person's deals and customers: deal
      follow-ups and check-ins, or the --kinds you name. Without, over the --kinds you name, whoever
      looks after the record. What waits for approval already stays as it is. Afterwards the provider is
      asked whether it takes the sender; a key that may not see senders makes that *cannot tell*,
      and sending goes on.
      """,
      "aiom sender add ann --mailbox \"Ann Lee <ann@acme.example>\" \\",
      "    --salesperson \"Ann Lee\"",
      "aiom sender add bob --mailbox bob@acme.example \\",
      "    --reply-to sales@acme.example --salesperson \"Bob Ray\" --user-id 7",
      "aiom sender add alerts --mailbox \"Acme <it@acme.example>\" \\",
      "    --sms-sender +15551234567 --kinds sms_alert,task_notification"))

  @OptionGroup var name: SenderIDArgument

  @OptionGroup var sender: SenderOptions

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let id = try name.read()
    let wish = try SenderForm(sender).wish()
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let added = try await SenderIdentities(house.context).add(
      organisation.id, id, wish, by: house.author(.settings, in: organisation.id), via: "cli")
    try await SenderChangeView(house: house, console: console, offline: sender.offline)
      .show(added, asked: 0, said: "Added: \(id.rawValue).")
  }
}
