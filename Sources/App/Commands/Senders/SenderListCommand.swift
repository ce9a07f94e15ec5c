import ActionProtocol
import ArgumentParser
import Cards
import Engine
import Insights

struct SenderListCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the names under which messages go out.",
    discussion: Examples.after(
      """
      `org` is the one in the organisation's settings. VERIFIED is what the provider last said;
      `aiom sender check` asks.
      """,
      "aiom sender list", "aiom sender list --json"))

  @Flag(name: .long, help: "The ids alone, one a line.")
  var ids = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    console.emit([
      "org": SenderView.json(settingsOf: organisation),
      "senders": .array(organisation.identities.map(SenderView.json)),
    ])
    if ids {
      return console.show(organisation.identities.map { $0.id.rawValue + "\n" }.joined())
    }
    let view = SenderView(time: LocalTime(organisation.profile.zone))
    console.show(view.table(organisation).rendered(style: console.style))
  }
}
