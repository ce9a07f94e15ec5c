import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct JobResumeCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Switch a job on again.",
    discussion: Examples.after(
      """
      It runs at its next planned time; what passed meanwhile does not count as missed. Recorded in
      the audit trail.
      """,
      "aiom job resume financial_analysis"))

  @Argument(help: "The job.", completion: .list(JobNameOption.all))
  var job: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let name = try JobNameOption.name(job)
    let house = try await Composition.open(global, console)
    let org = try await house.organisation().id
    let changed = try await Jobs(house.context)
      .resume(org, name, by: house.author(.settings, in: org), via: "cli")
    console.emit(["job": .string(name.rawValue), "paused": false, "changed": .bool(changed)])
    console.say(changed ? "\(name.rawValue) is on." : "\(name.rawValue) was on already.")
  }
}
