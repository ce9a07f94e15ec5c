import ActionProtocol
import ArgumentParser
import Cards
import Decisions
import Engine
import Insights

struct FindingListCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Findings that are open, the gravest first.",
    discussion: Examples.after(
      """
      Acknowledged, snoozed and resolved ones that still hold are shown with --holding; --all shows
      those that are over too, the newest first.
      """,
      "aiom finding list", "aiom finding list --holding --severity high",
      "aiom finding list --all --json"))

  @Flag(name: .long, help: "Every finding that holds, whatever was said about it.")
  var holding = false

  @Flag(name: .long, help: "Also those that are over.")
  var all = false

  @Option(
    name: .long, help: "Only from this severity up: low, medium, high or critical.",
    completion: .list(FindingSeverity.allCases.map(\.word)))
  var severity: String?

  @Option(name: .long, help: "At most so many (default: 50).")
  var limit: Int?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let least = try leastSeverity()
    let most = try most()
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let (found, now) = try await (
      Findings(house.context).list(organisation.id, past: all ? 10_000 : nil),
      house.store.read { $0.now }
    )
    let shown = found.filter { record in
      record.draft.severity >= least && (all || holding || record.state(at: now) == .open)
    }
    let view = FindingView(time: LocalTime(organisation.profile.zone), now: now)
    console.emit([
      "findings": .array(shown.prefix(most).map(view.json)), "count": .integer(Int64(shown.count)),
    ])
    console.show(view.list(Array(shown.prefix(most)), of: shown.count, console.style))
  }

  private func most() throws -> Int {
    guard let limit else { return 50 }
    guard (1...10_000).contains(limit) else {
      throw Failure(
        .usage, "finding.limit", "--limit must be a whole number from 1 to 10000.",
        remedy: "Leave it out: 50 are shown.")
    }
    return limit
  }

  private func leastSeverity() throws -> FindingSeverity {
    guard let severity else { return .low }
    guard let found = FindingSeverity(word: severity.lowercased()) else {
      throw Failure(
        .usage, "finding.severity", "There is no severity \(severity).",
        remedy: "There are: \(FindingSeverity.allCases.map(\.word).joined(separator: ", ")).")
    }
    return found
  }
}

struct FindingShowCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "One finding with its figures and its history.",
    discussion: Examples.after("", "aiom finding show 12", "aiom finding show 12 --json"))

  @Argument(help: "Its number.")
  var number: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let number = try FindingNumber.value(number)
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let record = try await Findings(house.context).finding(organisation.id, number)
    let now = try await house.store.read { $0.now }
    let view = FindingView(time: LocalTime(organisation.profile.zone), now: now)
    console.emit(view.json(record))
    console.show(view.page(record, console.style))
  }
}
