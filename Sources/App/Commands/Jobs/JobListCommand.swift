import ActionProtocol
import ArgumentParser
import Cards
import Engine
import Foundation
import Insights

struct JobListCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the jobs: when they ran, what came of it, when they run next.",
    discussion: Examples.after("", "aiom job list", "aiom job list --json"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let (entries, leader) = try await Jobs(house.context).list(organisation.id)
    let view = JobView(time: LocalTime(organisation.profile.zone), now: SystemClock.now())
    console.emit([
      "zone": .string(organisation.profile.zone.identifier),
      "jobs": .array(entries.map(JobView.json)),
      "leader": leader.map(JobView.json) ?? .null,
    ])
    console.show(view.table(entries, console.style).rendered(style: console.style))
    console.say()
    console.say("Schedules are read on the clocks of \(organisation.profile.zone.identifier).")
    console.say(view.sentence(leader))
  }
}
