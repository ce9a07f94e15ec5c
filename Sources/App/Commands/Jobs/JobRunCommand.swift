import ActionProtocol
import ArgumentParser
import Connectors
import Decisions
import Engine
import Insights

struct JobRunCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a job now, in this process.",
    discussion: Examples.after(
      """
      Also one that is off. Its schedule stays as it is. Recorded in the audit trail. Exits 0 when it
      succeeded, 1 when it failed, 4 when a run of it is under way.
      """,
      "aiom job run financial_analysis", "aiom job run retention --json"))

  @Argument(help: "The job.", completion: .list(JobNameOption.all))
  var job: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let name = try JobNameOption.name(job)
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let process = ProcessLife(house.context)
    let result: Result<JobRun, any Error>
    do {
      let run = try await process.whileAlive {
        // What a dead process left is taken over first: its run may be in the way.
        try await Recovery(house.context).recover()
        return try await Jobs(house.context)
          .run(
            organisation.id, name, process: process,
            by: house.author(.records, in: organisation.id), via: "cli")
      }
      result = .success(run)
    } catch {
      result = .failure(error)
    }
    await house.closeConnections()
    let run = try result.get()
    console.emit(["run": JobView.json(run)])
    let took = run.endedAt.map { JobView.length(from: run.startedAt, to: $0) } ?? ""
    console.say("\(name.rawValue): \(JobView.outcome(run)), \(took).")
    if run.state != .succeeded { throw ExitCode.refused }
  }
}
