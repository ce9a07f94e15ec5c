import ActionProtocol
import ArgumentParser
import Cards
import Engine
import Insights

struct ActionListCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List actions, newest first.",
    discussion: Examples.after(
      "", "aiom action list", "aiom action list --status pending_approval",
      "aiom action list --status approved --status executing --json"))

  @Option(
    name: .long, help: "Only this status. May be repeated.",
    completion: .list(ActionStatus.allCases.map(\.rawValue)))
  var status: [String] = []

  @Option(name: .long, help: "How many at most.")
  var limit = 100

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let statuses = try status.map(Self.status)
    guard (1...10_000).contains(limit) else {
      throw Failure(
        .usage, "action.limit", "--limit must be from 1 to 10000.", remedy: "Leave it out for 100.")
    }
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let filter = ActionFilter(statuses: statuses, limit: limit)
    let states = try await ActionReader(house.context).list(organisation.id, filter)
    let stop = try await StopView.standing(house, organisation.id)
    console.emit([
      "actions": .array(states.map(\.json)),
      "stopped": stop?.json ?? .null,
    ])
    if let banner = StopView.banner(stop) { console.say(banner) }
    guard !states.isEmpty else { return console.say(Self.nothing(statuses)) }
    console.show(
      ActionStateView.table(
        states, time: LocalTime(organisation.profile.zone), now: SystemClock.now(),
        style: console.style, width: console.width))
    console.say()
    console.say("`aiom action show ID` shows the whole card.")
  }

  private static func status(_ text: String) throws -> ActionStatus {
    if let status = ActionStatus(rawValue: text) { return status }
    throw Failure(
      .usage, "action.status", "There is no status \(text).",
      remedy: "There are: \(ActionStatus.allCases.map(\.rawValue).joined(separator: ", ")).")
  }

  private static func nothing(_ statuses: [ActionStatus]) -> String {
    statuses.isEmpty
      ? "No action yet. `aiom analyze` proposes what the records ask for."
      : "No action with this status."
  }
}
