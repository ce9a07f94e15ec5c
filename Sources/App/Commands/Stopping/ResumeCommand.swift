import ActionProtocol
import ArgumentParser
import Connectors
import Decisions
import Engine

struct ResumeCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Lift an emergency stop.",
    discussion: Examples.after(
      """
      Lifts the stop of everything, or with --org that of one organisation. What waited goes on
      where it stood.

      A restored database is stopped too. Before it is lifted, the provider's activity is searched:
      what went out since the backup is completed and never sent again, and what was approved
      before and is not found there goes back for approval. Where the activity cannot be read, the
      command refuses; --without-activity goes on, and then only your own eyes keep a message from
      going out twice.
      """,
      "aiom resume", "aiom resume --org acme --reason \"amounts corrected\"", "aiom resume --json"))

  @Option(name: .long, help: "Why, for the record.")
  var reason: String?

  @Flag(
    name: .long, help: "After a restore: go on although the provider's activity cannot be read.")
  var withoutActivity = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let scope = try await StopView.scope(global, house)
    let result: Result<(Stop, RestorationReport?), any Error>
    do {
      let report = try await reconciled(house, scope, console)
      let stop = try await EmergencyStop(house.context).resume(
        scope, reason: reason, by: house.author(.resume, of: scope), via: "cli")
      result = .success((stop, report))
    } catch {
      result = .failure(error)
    }
    await house.closeConnections()
    let (stop, report) = try result.get()
    let left = try await EmergencyStop(house.context).current()
    console.emit([
      "resumed": stop.json, "restoration": report.map(RestorationView.json) ?? .null,
      "stops": .array(left.map(\.json)),
    ])
    if let report { console.show(RestorationView.rendered(report)) }
    console.say("\(StopView.what(scope)) goes on; it was stopped since \(StopView.time(stop.at)).")
    for stop in left { console.say("Still stopped: \(StopView.sentence(stop))") }
  }

  private func reconciled(
    _ house: House, _ scope: StopScope, _ console: Console
  ) async throws -> RestorationReport? {
    let restoration = Restoration(house.context)
    guard scope == .everything, try await restoration.pending() != nil else { return nil }
    let line = ProgressLine(quiet: console.isJSON)
    let report = try await restoration.reconcile(
      withoutActivity: withoutActivity, by: house.author(.resume, of: scope), via: "cli"
    ) { line.show(RestorationView.progress($0)) }
    line.end()
    guard report.isDone else { throw RestorationView.refusal(report) }
    return report
  }
}
