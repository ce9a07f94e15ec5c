import ActionProtocol
import ArgumentParser
import Foundation

struct BenchPagesCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "pages",
    abstract: "Ask a serving process for every page, with many actions in the tables.",
    discussion: Examples.after(
      """
      Writes so many finished actions, proposes so many that wait, starts `aiom serve` in a process
      of its own and asks for each page of the desk as a signed-in owner, one request after the
      other. Measures from the first byte of a request to the last byte of its answer.
      """,
      "aiom bench pages", "aiom bench pages --finished 1000000 --pending 10000 --json"))

  @Option(name: .long, help: "How many finished actions.")
  var finished = 10_000

  @Option(name: .long, help: "How many actions that wait.")
  var pending = 1000

  @Option(name: .long, help: "How often each page is asked for.")
  var rounds = 200

  @Option(name: .long, help: "A PostgreSQL's URL or a file (default: a new file).")
  var database: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (0...10_000_000).contains(finished) else {
      throw ValidationError("--finished must be from 0 to 10000000")
    }
    guard (1...100_000).contains(pending) else {
      throw ValidationError("--pending must be from 1 to 100000")
    }
    guard (10...100_000).contains(rounds) else {
      throw ValidationError("--rounds must be from 10 to 100000")
    }
  }

  func perform(_ console: Console) async throws {
    let folder = try DemoFolder(keep: nil)
    defer { folder.remove() }
    let database = database ?? ProcessInfo.processInfo.environment[BenchPlace.variable]
    let bench = try await PipelineBench(
      BenchPlace(
        home: folder.path, database: database, provider: "http://127.0.0.1:1/v3", calls: 1))
    let times = try await bench.pageTimes(
      finished: finished, pending: pending, rounds: rounds, in: folder.path, database: database
    ) { console.note($0) }
    console.emit([
      "finished": .integer(Int64(finished)), "pending": .integer(Int64(pending)),
      "rounds": .integer(Int64(rounds)), "pages": .array(times.map(Self.json)),
    ])
    var table = TextTable([.left("PAGE"), .right("P50"), .right("P99"), .right("KB")])
    for time in times {
      table.add(
        [time.path]
          + [0.5, 0.99].map { String(format: "%.1f ms", time.quantile($0)) }
          + [String(format: "%.1f", Double(time.size) / 1000)])
    }
    console.show(table.rendered(style: console.style))
  }

  private static func json(_ time: PipelineBench.PageTime) -> JSONValue {
    func milliseconds(_ share: Double) -> JSONValue {
      .number((time.quantile(share) * 100).rounded() / 100)
    }
    return [
      "page": .string(time.path), "p50_milliseconds": milliseconds(0.5),
      "p99_milliseconds": milliseconds(0.99), "bytes": .integer(Int64(time.size)),
    ]
  }
}
