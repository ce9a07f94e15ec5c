import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct PersonDecisionsCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "decisions",
    abstract: "How each person decides: how many, how fast, how many in one stroke.",
    discussion: Examples.after(
      """
      The time counts from the card being shown to the answer, where it was measured. Somebody who
      approves nearly everything within seconds may not be looking; perhaps a rule should decide
      instead (`aiom policy backtest`).
      """,
      "aiom person decisions", "aiom person decisions --days 90 --json"))

  @Option(name: .long, help: "How many days back, 1 to 3650.")
  var days = 30

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    guard (1...3650).contains(days) else {
      throw Failure(
        .usage, "decisions.days", "--days must be from 1 to 3650.", remedy: "Leave it out for 30.")
    }
    let house = try await Composition.open(global, console)
    let organisation = try await house.readable(house.organisation())
    let since = SystemClock.now().advanced(by: .seconds(-days * 86_400))
    let habits = try await DecisionHabits(house.context).since(organisation.id, since)
    console.emit(["since": .string(since.rfc3339), "persons": .array(habits.map(\.json))])
    guard !habits.isEmpty else {
      return console.say("Nobody decided anything in the last \(days) days.")
    }
    var table = TextTable([
      .left("PERSON"), .right("DECIDED"), .right("APPROVED"), .right("IN ONE STROKE"),
      .right("MEDIAN TIME"), .right("MEASURED"),
    ])
    for habit in habits {
      table.add([
        habit.person.rawValue, "\(habit.decided)", Self.percent(habit.approvalShare),
        Self.percent(habit.togetherShare), habit.medianConsidered.map(Self.seconds) ?? "-",
        "\(habit.measured)",
      ])
    }
    console.show(table.rendered(style: console.style))
  }

  private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

  private static func seconds(_ duration: Duration) -> String {
    let tenths = duration / .milliseconds(100)
    return "\(Int(tenths) / 10).\(Int(tenths) % 10) s"
  }
}
