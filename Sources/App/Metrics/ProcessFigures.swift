import Engine
import Foundation
import Glibc

/// What the system says of this process, under the names that Prometheus uses for every program.
enum ProcessFigures {
  private static let memory = MetricFamily(
    .gauge, "process_resident_memory_bytes", "Resident memory size in bytes.")
  private static let time = MetricFamily(
    .counter, "process_cpu_seconds_total", "Total user and system CPU time spent in seconds.")
  private static let start = MetricFamily(
    .gauge, "process_start_time_seconds",
    "Start time of the process since unix epoch in seconds.")
  private static let build = MetricFamily(
    .gauge, "aiom_build_info", "Always 1; the version as a label.", labels: ["version"])
  private static let startedAt = Date().timeIntervalSince1970

  /// Notes the start; called once, early.
  static func begin() { _ = startedAt }

  /// Everything, read now. What the system does not tell is left out.
  static func families() -> [MetricFamily] {
    build.set(1, AIOM.version)
    start.set(startedAt)
    var found = [build, start]
    if let bytes = residentBytes() {
      memory.set(bytes)
      found.append(memory)
    }
    time.replace([[]: cpuSeconds()])
    return found + [time]
  }

  private static func residentBytes() -> Double? {
    // Only Linux has it; elsewhere the figure is left out.
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
      let pages = text.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
    else { return nil }
    return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// All that the process used of the processors, in seconds. POSIX counts it in microseconds.
  ///
  /// `clock`, not `getrusage`: an optimised build takes the members of C's time structures for another
  /// module's.
  static func cpuSeconds() -> Double { Double(clock()) / 1e6 }
}
