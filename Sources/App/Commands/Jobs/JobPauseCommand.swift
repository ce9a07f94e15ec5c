import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct JobPauseCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause",
    abstract: "Switch a job off until it is resumed.",
    discussion: Examples.after(
      """
      A run under way goes on to its end. Recorded in the audit trail.
      """,
      "aiom job pause financial_analysis"))

  @Argument(help: "The job.", completion: .list(JobNameOption.all))
  var job: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let name = try JobNameOption.name(job)
    let house = try await Composition.open(global, console)
    let org = try await house.organisation().id
    let changed = try await Jobs(house.context)
      .pause(org, name, by: house.author(.settings, in: org), via: "cli")
    console.emit(["job": .string(name.rawValue), "paused": true, "changed": .bool(changed)])
    console.say(
      changed
        ? "\(name.rawValue) is off. `aiom job resume \(name.rawValue)` switches it on."
        : "\(name.rawValue) was off already.")
  }
}
