import ActionProtocol
import Connectors
import Engine
import Foundation
import Glibc

/// The measured part of the pipeline benchmark, in a process that does nothing else: what it uses is
/// what the Action Executor uses.
struct BenchExecution {
  var completed: Int
  var seconds: Double
  var cpu: Double
  var peakMegabytes: Int64

  static func settings(home: String, url: String, workers: Int) throws -> Settings {
    let reader = try SettingsReader(
      flags: [
        .home: ("bench", home), .delivery: ("bench", "sandbox"), .url: ("bench", url),
        .workers: ("bench", String(workers)),
      ], environment: [:], directory: home, readFile: { _ in nil })
    return try Settings(reader.resolve(), directory: home, environment: [:])
  }

  /// Starts this program once more and reads what it measured.
  static func inChild(home: String, url: String, workers: Int) throws -> BenchExecution {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = [
      "bench", "execute", "--home", home, "--url", url, "--workers", String(workers), "--json",
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
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
    let taken = try await ContinuousClock().measure {
      try await process.whileAlive {
        try await Pipeline(context, process: process).drain(org: nil) { report in
          if report.outcome == .completed { completed.increment() }
        }
      }
    }
    await house.channels.shutdown()
    return BenchExecution(
      completed: completed.value,
      seconds: Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18,
      cpu: cpuSeconds(), peakMegabytes: peakMegabytes())
  }

  var json: JSONValue {
    [
      "completed": .integer(Int64(completed)), "milliseconds": .integer(Int64(seconds * 1000)),
      "cpu_milliseconds": .integer(Int64(cpu * 1000)),
      "peak_rss_megabytes": .integer(peakMegabytes),
    ]
  }

  private static func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

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
    guard case .integer(let completed)? = object["completed"],
      case .integer(let milliseconds)? = object["milliseconds"],
      case .integer(let cpu)? = object["cpu_milliseconds"],
      case .integer(let peak)? = object["peak_rss_megabytes"]
    else { return nil }
    self.init(
      completed: Int(completed), seconds: Double(milliseconds) / 1000, cpu: Double(cpu) / 1000,
      peakMegabytes: peak)
  }
}
