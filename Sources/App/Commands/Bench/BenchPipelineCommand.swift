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
      then measures the Action Executor: claim, revalidation against the ledger, durable intent
      (synchronous=FULL), one HTTP call each to a sandbox in a process of its own, recording. At the
      end the sandbox is asked whether each message arrived exactly once.
      """,
      "aiom bench pipeline", "aiom bench pipeline --actions 10000 --workers 128"))

  @Option(name: .long, help: "How many actions.")
  var actions = 2000

  @Option(name: .long, help: "Calls under way at once.")
  var workers = 128

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...1_000_000).contains(actions) else {
      throw ValidationError("--actions must be from 1 to 1000000")
    }
    guard (1...256).contains(workers) else {
      throw ValidationError("--workers must be from 1 to 256")
    }
  }

  func perform(_ console: Console) async throws {
    let folder = try DemoFolder(keep: nil)
    defer { folder.remove() }
    let sandbox = try BenchSandbox.start(in: folder)
    defer { sandbox.stop() }
    let bench = try await PipelineBench(
      folder: folder, providerURL: sandbox.url, workers: workers)
    let result = try await bench.run(actions: actions) { console.note($0) }
    let (arrived, repeated) = try sandbox.arrived()
    report(result, arrived: arrived, console)
    guard arrived == actions, repeated == 0, result.completed == actions else {
      throw Failure(
        .internalError, "bench.not_once",
        "\(actions) approved, \(result.completed) completed, \(arrived) arrived, \(repeated) of them again.",
        remedy: "This is a defect of AIOM: please report it with this line.")
    }
  }

  private func report(_ result: PipelineBench.Result, arrived: Int, _ console: Console) {
    console.emit([
      "actions": .integer(Int64(actions)), "workers": .integer(Int64(workers)),
      "completed": .integer(Int64(result.completed)), "arrived": .integer(Int64(arrived)),
      "proposing_seconds": .number(result.proposing),
      "approving_seconds": .number(result.approving),
      "executing_seconds": .number(result.executing),
      "actions_per_second": .number((Double(actions) / result.executing).rounded()),
      "cpu_seconds": .number(result.cpu), "peak_rss_megabytes": .integer(result.peakMegabytes),
    ])
    let rate = Int(Double(actions) / result.executing)
    console.say("\(actions) actions through six stages, each exactly once")
    console.say(
      "  proposed in \(Self.seconds(result.proposing)), approved in "
        + Self.seconds(result.approving))
    console.say(
      "  executed in \(Self.seconds(result.executing)): \(rate) actions/s, "
        + "\(workers) calls at once, synchronous=FULL")
    console.say(
      "  CPU of this process \(Self.seconds(result.cpu)), peak memory "
        + "\(result.peakMegabytes) MB")
  }

  private static func seconds(_ value: Double) -> String {
    "\((value * 100).rounded() / 100) s"
  }
}
