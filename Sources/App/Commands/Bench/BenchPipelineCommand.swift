import ActionProtocol
import ArgumentParser
import Engine
import Foundation

struct BenchPipelineCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipeline",
    abstract: "Carry out many approved reminders through all six stages.",
    discussion: Examples.after(
      """
      Imports one overdue invoice for each of so many customers, analyses, approves everything, and
      then measures the Action Executor in processes of its own: claim, revalidation against the
      ledger, durable intent, one HTTP call each, recording. Without --provider a sandbox is started
      and asked at the end whether each message arrived exactly once; with it the calls go to any
      address on loopback that answers like SMTP2GO.

      The database is a new file unless --database names another file or a PostgreSQL (better by
      AIOM_BENCH_DATABASE, which nobody else can read); it may hold earlier benchmarks, nothing else.
      """,
      "aiom bench pipeline", "aiom bench pipeline --actions 10000 --workers 2",
      "AIOM_BENCH_DATABASE=postgresql://... aiom bench pipeline --history 1000000 --json",
      "aiom bench pipeline --provider http://127.0.0.1:9000/v3 --latency 200"))

  @Option(name: .long, help: "How many actions.")
  var actions = 2000

  @Option(name: .long, help: "Processes that carry out, from 1 to 16.")
  var workers = 1

  @Option(name: .long, help: "Calls under way at once in each process, from 1 to 256.")
  var calls = 128

  @Option(name: .long, help: "A PostgreSQL's URL or a file (default: a new file).")
  var database: String?

  @Option(name: .long, help: "Whom to call, on loopback (default: a sandbox).")
  var provider: String?

  @Option(name: .long, help: "So many finished actions are in the tables before.")
  var history = 0

  @Option(
    name: .long, help: "Afterwards time so many by themselves, from approval to arrival.")
  var latency = 0

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...1_000_000).contains(actions) else {
      throw ValidationError("--actions must be from 1 to 1000000")
    }
    guard (1...16).contains(workers) else {
      throw ValidationError("--workers, the processes, must be from 1 to 16")
    }
    guard (1...256).contains(calls) else {
      throw ValidationError("--calls must be from 1 to 256")
    }
    guard (0...10_000_000).contains(history) else {
      throw ValidationError("--history must be from 0 to 10000000")
    }
    guard (0...10_000).contains(latency), latency != 0 ? latency >= 10 : true else {
      throw ValidationError("--latency must be 0 or from 10 to 10000")
    }
    guard provider.map(Self.isOnLoopback) ?? true else {
      throw ValidationError("--provider must be an http address on 127.0.0.1, ::1 or localhost")
    }
  }

  func perform(_ console: Console) async throws {
    let folder = try DemoFolder(keep: nil)
    defer { folder.remove() }
    let sandbox = try provider == nil ? BenchSandbox.start(in: folder) : nil
    defer { sandbox?.stop() }
    let database = database ?? ProcessInfo.processInfo.environment[BenchPlace.variable]
    let place = BenchPlace(
      home: folder.path, database: database.map(Self.absolute),
      provider: provider ?? sandbox?.url ?? "", calls: calls)
    let result = try await PipelineBench(place).run(
      actions: actions, history: history, workers: workers,
      singles: latency == 0 ? 0 : latency + 3
    ) { console.note($0) }
    let arrived = try sandbox?.arrived()
    BenchReport(command: self, result: result, arrived: arrived).show(console)
    guard result.execution.completed == actions,
      arrived.map({ $0.messages == actions && $0.repeated == 0 }) ?? true
    else {
      throw Failure(
        .internalError, "bench.not_once",
        "\(actions) approved, \(result.execution.completed) completed, "
          + (arrived.map { "\($0.messages) arrived, \($0.repeated) of them again." }
            ?? "arrivals not counted here."),
        remedy: "This is a defect of AIOM: please report it with this line.")
    }
  }

  private static func absolute(_ database: String) -> String {
    guard !DatabasePlace.isServer(database) else { return database }
    return URL(fileURLWithPath: database).path
  }

  private static func isOnLoopback(_ provider: String) -> Bool {
    guard let url = URL(string: provider), url.scheme == "http", let host = url.host else {
      return false
    }
    return ["127.0.0.1", "::1", "[::1]", "localhost"].contains(host)
  }
}
