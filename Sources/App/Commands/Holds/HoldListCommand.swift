import ActionProtocol
import ArgumentParser
import Engine
import Insights

struct HoldListCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List what is on hold, and promises that were not kept.",
    discussion: Examples.after(
      "With --all also what is over. Says how many of the promises that were due were kept.",
      "aiom hold list", "aiom hold list --all --json"))

  @Flag(name: .long, help: "Also what was ended, kept or is over.")
  var all = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let org = try await house.organisation().id
    let list = try await CollectionHolds(house.context).list(org)
    let view = HoldView(list: list, showsAll: all)
    console.emit(view.json)
    console.show(view.rendered(style: console.style))
  }
}
