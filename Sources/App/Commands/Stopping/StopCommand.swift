import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct StopCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop",
    abstract: "Emergency stop: nothing more goes out, from any process.",
    discussion: Examples.after(
      """
      Stops everything, or with --org one organisation (AIOM_ORG and the organisation in use do not
      narrow it). What is approved waits; what was not begun is given back. Then waits until every
      process of the database has acknowledged that nothing more leaves it, or is proven dead.

      Exit code 0: no request whose first byte had not left by then will leave. Exit code 5: a
      process does not answer and is not proven dead; it is named, and something may still leave it
      until it is ended. Run the command again to look again.

      `aiom resume` lifts it.
      """,
      "aiom stop --reason \"wrong amounts in the reminders\"",
      "aiom stop --org acme --reason \"their request\"",
      "aiom stop --reason \"fire drill\" --wait 60 --json"))

  @Option(name: .long, help: "Why, for the record; asked for at a terminal.")
  var reason: String?

  @Option(name: .long, help: "How many seconds to wait for the processes.")
  var wait = 20

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    guard (0...3600).contains(wait) else {
      throw Failure(
        .usage, "stop.wait", "--wait must be from 0 to 3600 seconds.",
        remedy: "Leave it out for 20.")
    }
    let reason = try ReasonOption.reason(reason, "Why is it stopped?", console)
    let house = try await Composition.open(global, console)
    let scope = try await StopView.scope(global, house)
    let service = EmergencyStop(house.context)
    let order = try await service.stop(
      scope, reason: reason, by: house.author(.stop, of: scope), via: "cli")
    let line = ProgressLine(quiet: console.isJSON)
    let report = try await service.wait(order, for: .seconds(wait)) { report in
      line.show(
        "stopped; waiting for \(report.unreachable.count) of \(order.boots.count) processes")
    }
    line.end()
    console.emit(report.json)
    console.show(StopView.rendered(report))
    if !report.isStopped { throw ExitCode(ExitStatus.unavailable.rawValue) }
  }
}
