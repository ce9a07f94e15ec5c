import ActionProtocol
import ArgumentParser
import Decisions
import Engine
import Insights

struct AnalyzeTasksCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "tasks",
    abstract: "Show what is late, who has how much to do, and who owes while being sold to.",
    discussion: Examples.after(
      """
      Overdue tasks by priority, projects with more than five of them, projects without tasks, the load \
      of each person, and customers with an open deal and an overdue invoice, as of today. Nothing is \
      stored.
      """,
      "aiom analyze tasks", "aiom analyze tasks --json"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let report = try await WorkAnalyst(house.context).analyze(organisation.id)
    let view = WorkView(report: report)
    console.emit(view.json)
    console.show(view.rendered(style: console.style))
  }
}
