import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct SenderSetCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Change a sender.",
    discussion: Examples.after(
      """
      Only what is named changes; an empty text takes a part away. What waits under the sender asks
      for approval again at once: what was approved is what is sent.
      """,
      "aiom sender set ann --reply-to sales@acme.example",
      "aiom sender set ann --kinds deal_follow_up,deal_check_in,custom_message",
      "aiom sender set ann --reply-to \"\""))

  @OptionGroup var name: SenderIDArgument

  @OptionGroup var sender: SenderOptions

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let id = try name.read()
    let form = try SenderForm(sender)
    guard !form.isEmpty else {
      throw Failure(
        .usage, "sender.nothing_to_set", "Nothing to change was given.",
        remedy: "See `aiom sender set --help`.")
    }
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let (changed, asked) = try await SenderIdentities(house.context).set(
      organisation.id, id, form.change, by: house.author(.settings, in: organisation.id), via: "cli"
    )
    try await SenderChangeView(house: house, console: console, offline: sender.offline)
      .show(changed, asked: asked, said: "Changed: \(id.rawValue).")
  }
}
