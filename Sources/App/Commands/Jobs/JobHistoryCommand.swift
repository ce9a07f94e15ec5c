import ActionProtocol
import ArgumentParser
import Cards
import Engine
import Insights

struct JobHistoryCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List past runs of the jobs, newest first.",
    discussion: Examples.after(
      """
      Runs are kept for 30 days, and the newest 1000 of each job; the job `retention` erases the
      others.
      """,
      "aiom job history", "aiom job history --job financial_analysis --limit 5 --json"))

  @Option(name: .long, help: "Only this job.", completion: .list(JobNameOption.all))
  var job: String?

  @Option(name: .long, help: "How many at most.")
  var limit = 50

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let name = try job.map(JobNameOption.name)
    guard (1...10_000).contains(limit) else {
      throw Failure(
        .usage, "job.limit", "--limit must be from 1 to 10000.", remedy: "Leave it out for 50.")
    }
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let runs = try await Jobs(house.context).history(organisation.id, name, limit: limit)
    console.emit(["runs": .array(runs.map(JobView.json))])
    guard !runs.isEmpty else {
      return console.say(
        "No run yet. `aiom serve` and `aiom worker` run jobs; `aiom job run NAME` runs one now.")
    }
    let view = JobView(time: LocalTime(organisation.profile.zone), now: SystemClock.now())
    console.show(view.table(runs).rendered(style: console.style))
  }
}
