import ActionProtocol
import ArgumentParser
import Decisions
import Engine
import Foundation
import Insights

struct OrgListCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the organisations; * marks the one in use.",
    discussion: Examples.after("", "aiom org list", "aiom org list --json"))

  @Flag(name: .long, help: "The ids alone, one a line.")
  var ids = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let (all, current) = try await house.store.read { reading in
      (
        try reading.organisations(),
        try reading.installationValue(OrganisationWriter.currentKey)
      )
    }
    console.emit([
      "organisations": .array(all.map(OrganisationView.json)),
      "current": current.map { .string($0) } ?? .null,
    ])
    if ids { return console.show(all.map { $0.id.rawValue + "\n" }.joined()) }
    if all.isEmpty { return console.say("No organisation yet. `aiom init` creates one.") }
    var table = TextTable([
      .left(""), .left("ORG"), .left("NAME"), .left("MODE"), .left("ZONE"), .left("CURRENCY"),
    ])
    for one in all {
      table.add([
        one.id.rawValue == current ? "*" : "", one.id.rawValue, one.profile.name,
        one.mode.rawValue, one.profile.zone.identifier, one.profile.currency.code,
      ])
    }
    console.show(table.rendered(style: console.style))
  }
}
