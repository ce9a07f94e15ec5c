import ActionProtocol
import ArgumentParser
import Cards
import Connectors
import Decisions
import Engine
import Insights

struct SuppressionSyncCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Bring the provider's suppressions and ours together now.",
    discussion: Examples.after(
      """
      Reads the whole list of the provider and keeps what is not known here; tells the provider what
      is suppressed here for every message and for good. Overwrites and removes nothing on either
      side. `aiom serve` does this each hour. A key without /suppression/view or /suppression/add
      may still send; this then says what is missing, and exits 1.
      """,
      "aiom suppression sync", "aiom suppression sync --json"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    _ = try await house.author(.suppress, in: organisation.id)
    let result: Result<SuppressionSync.Report, any Error>
    do {
      result = .success(try await SuppressionSync(house.context).sync(organisation.id))
    } catch {
      result = .failure(error)
    }
    await house.closeConnections()
    let report = try result.get()
    console.emit([
      "provider": report.state.json, "added": .integer(Int64(report.added)),
      "pushed": .integer(Int64(report.pushed)), "refused": .integer(Int64(report.refused)),
    ])
    console.say("New here: \(report.added). Told the provider: \(report.pushed).")
    console.say(
      OutreachWording(LocalTime(organisation.profile.zone), now: SystemClock.now()).sentence(
        report.state))
    let isWhole = report.state.pullCode == nil && report.state.pushCode == nil
    if !isWhole || report.refused > 0 { throw ExitCode.refused }
  }
}
