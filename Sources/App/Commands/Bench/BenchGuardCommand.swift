import ActionProtocol
import ArgumentParser
import Decisions
import Engine
import Foundation

struct BenchGuardCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "guard",
    abstract: "Evaluate anti-spam with many past messages in the tables.",
    discussion: Examples.after(
      """
      Writes so many past messages, each day of the last thirty as many, proposes a reminder to each
      of fifty customers who got some of them, and evaluates the guard as a card and as an intent do:
      one action at a time, and fifty together as a page of cards.
      """,
      "aiom bench guard", "aiom bench guard --sends 1000000 --rounds 2000 --json"))

  @Option(name: .long, help: "How many past messages.")
  var sends = 100_000

  @Option(name: .long, help: "How often one action is evaluated.")
  var rounds = 1000

  @Option(name: .long, help: "A PostgreSQL's URL or a file (default: a new file).")
  var database: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (0...10_000_000).contains(sends) else {
      throw ValidationError("--sends must be from 0 to 10000000")
    }
    guard (100...1_000_000).contains(rounds) else {
      throw ValidationError("--rounds must be from 100 to 1000000")
    }
  }

  func perform(_ console: Console) async throws {
    let folder = try DemoFolder(keep: nil)
    defer { folder.remove() }
    let place = BenchPlace(
      home: folder.path,
      database: database ?? ProcessInfo.processInfo.environment[BenchPlace.variable],
      provider: "http://127.0.0.1:1/v3", calls: 1)
    let bench = try await PipelineBench(place)
    let result = try await bench.guardTimes(sends: sends, rounds: rounds) { console.note($0) }
    console.emit(result.json(sends: sends))
    console.show(result.rendered(sends: sends, style: console.style))
  }
}

/// How long the guard takes, in milliseconds, sorted.
struct GuardTimes {
  /// One action each.
  var singles: [Double] = []
  /// Fifty actions each.
  var pages: [Double] = []

  func json(sends: Int) -> JSONValue {
    func figures(_ times: [Double]) -> JSONValue {
      [
        "p50_microseconds": Self.microseconds(times, 0.5),
        "p99_microseconds": Self.microseconds(times, 0.99),
      ]
    }
    return [
      "sends": .integer(Int64(sends)), "one_action": figures(singles),
      "fifty_cards": figures(pages),
    ]
  }

  func rendered(sends: Int, style: Style) -> String {
    var table = TextTable([.left("\(sends) PAST MESSAGES"), .right("P50"), .right("P99")])
    for (name, times) in [("one action", singles), ("a page of fifty cards", pages)] {
      table.add([name] + [0.5, 0.99].map { String(format: "%.2f ms", Self.quantile(times, $0)) })
    }
    return table.rendered(style: style)
  }

  private static func microseconds(_ times: [Double], _ share: Double) -> JSONValue {
    .integer(Int64(quantile(times, share) * 1000))
  }

  private static func quantile(_ times: [Double], _ share: Double) -> Double {
    guard !times.isEmpty else { return 0 }
    return times[min(times.count - 1, Int(Double(times.count) * share))]
  }
}
