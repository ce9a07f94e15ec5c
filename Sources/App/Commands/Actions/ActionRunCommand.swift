import ActionProtocol
import ArgumentParser
import Cards
import Engine
import Foundation

struct ActionRunCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Carry out approved actions that are due, now.",
    discussion: Examples.after(
      """
      The Action Executor, once: the same six stages as `aiom serve`. Named actions that are not due
      are reported with the reason, and the exit code is 1. Without an ID: all that is due in the
      organisation; with --all: in every organisation.
      """,
      "aiom action run 0193f2", "aiom action run", "aiom action run --all --json"))

  @Argument(help: "The ids of actions, or their first characters.")
  var ids: [String] = []

  @Flag(name: .long, help: "Every organisation of the database.")
  var all = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    guard ids.isEmpty || !all else {
      throw Failure(
        .usage, "run.ids_and_all", "--all and ids exclude each other.",
        remedy: "Name actions, or leave them out.")
    }
    let house = try await Composition.open(global, console)
    let runner = ActionRunner(house: house)
    if all {
      try await StopView.refuse(house, nil)
      let reports = try await runner.runDue(org: nil)
      // A process finds out when it begins whether the database was restored.
      try await StopView.refuse(house, nil)
      return try RunView(reports: reports, waiting: [], time: LocalTime(.gmt)).announce(console)
    }
    let desk = try await ActionDesk(house)
    try await StopView.refuse(house, desk.org)
    guard !ids.isEmpty else {
      let reports = try await runner.runDue(org: desk.org)
      try await StopView.refuse(house, desk.org)
      return try RunView(reports: reports, waiting: [], time: desk.time).announce(console)
    }
    var wanted: [ActionID] = []
    for id in ids { wanted.append(try await desk.find(id).id) }
    let reports = try await runner.run(desk.org, wanted)
    try await StopView.refuse(house, desk.org)
    let waiting = try await Self.untouched(wanted, reports, desk)
    try RunView(
      reports: reports, waiting: waiting, time: desk.time,
      delivery: house.context.configuration.delivery, isNamed: true
    ).announce(console)
  }

  /// The named actions that nothing was done about.
  private static func untouched(
    _ wanted: [ActionID], _ reports: [ExecutionReport], _ desk: ActionDesk
  ) async throws -> [ActionState] {
    let seen = Set(reports.map(\.id))
    var waiting: [ActionState] = []
    for id in wanted where !seen.contains(id) {
      waiting.append(try await desk.card(of: id).state)
    }
    return waiting
  }
}
