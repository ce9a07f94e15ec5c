import ActionProtocol
import Connectors
import Engine
import Foundation
import Spawning

/// The measured part of the pipeline benchmark, in a process that does nothing else: what it uses is
/// what the Action Executor uses.
struct BenchExecution: Sendable {
  var completed = 0
  /// On the clock that all processes of the machine share.
  var began = 0.0
  var ended = 0.0
  var cpu = 0.0
  var peakMegabytes: Int64 = 0
  /// Durable commits; each carries the intents or results of many actions.
  var commits = 0

  var seconds: Double { ended - began }

  /// Starts this program so many times more and puts together what they measured: from the first
  /// one's beginning to the last one's end.
  static func inChildren(_ count: Int, _ place: BenchPlace) throws -> BenchExecution {
    let children = try (0..<count).map { _ in try start(place) }
    let results = try children.map { try read($0.process, $0.output) }
    return BenchExecution(
      completed: results.map(\.completed).reduce(0, +), began: results.map(\.began).min() ?? 0,
      ended: results.map(\.ended).max() ?? 0, cpu: results.map(\.cpu).reduce(0, +),
      peakMegabytes: results.map(\.peakMegabytes).max() ?? 0,
      commits: results.map(\.commits).reduce(0, +))
  }

  private static func start(_ place: BenchPlace) throws -> (process: ChildProcess, output: Pipe) {
    try BenchPlace.child(
      [
        "bench", "execute", "--home", place.home, "--url", place.provider, "--calls",
        String(place.calls), "--json",
      ], place.database.map { [BenchPlace.variable: $0] } ?? [:], in: place.home)
  }

  private static func read(_ process: ChildProcess, _ output: Pipe) throws -> BenchExecution {
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard case .success(.object(let object)) = JSONReader.read([UInt8](data)),
      let result = BenchExecution(object)
    else {
      throw Failure(
        .internalError, "bench.child", "The measured process did not report.",
        remedy: "Run it again; look at its messages above.")
    }
    return result
  }

  /// Carries out everything that is due and measures this process.
  static func measure(_ house: House) async throws -> BenchExecution {
    let completed = Counter()
    let context = house.context
    let process = ProcessLife(context)
    var result = BenchExecution()
    result.began = monotonicSeconds()
    try await process.whileAlive {
      _ = try await Pipeline(context, process: process).drain(org: nil) { report in
        if report.outcome == .completed { completed.increment() }
      }
    }
    result.ended = monotonicSeconds()
    await house.closeConnections()
    result.completed = completed.value
    result.cpu = cpuSeconds()
    result.peakMegabytes = peakMegabytes()
    result.commits = (house.database.database as? any CommitCounting)?.commitCount ?? 0
    return result
  }

  var json: JSONValue {
    [
      "completed": .integer(Int64(completed)), "began": .integer(Int64(began * 1e6)),
      "ended": .integer(Int64(ended * 1e6)), "cpu_milliseconds": .integer(Int64(cpu * 1000)),
      "peak_rss_megabytes": .integer(peakMegabytes), "commits": .integer(Int64(commits)),
    ]
  }

  private static func cpuSeconds() -> Double { ProcessFigures.cpuSeconds() }

  private static func monotonicSeconds() -> Double { ProcessInfo.processInfo.systemUptime }

  /// The kernel's high-water mark of this process.
  private static func peakMegabytes() -> Int64 {
    // Without /proc there is no figure; 0 says so.
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first
        .flatMap({ Int64($0) })
    else { return 0 }
    return kilobytes / 1024
  }
}

extension BenchExecution {
  private init?(_ object: JSONObject) {
    func number(_ key: String) -> Int64? {
      if case .integer(let value)? = object[key] { value } else { nil }
    }
    guard let completed = number("completed"), let began = number("began"),
      let ended = number("ended"), let cpu = number("cpu_milliseconds"),
      let peak = number("peak_rss_megabytes"), let commits = number("commits")
    else { return nil }
    self.init(
      completed: Int(completed), began: Double(began) / 1e6, ended: Double(ended) / 1e6,
      cpu: Double(cpu) / 1000, peakMegabytes: peak, commits: Int(commits))
  }
}
