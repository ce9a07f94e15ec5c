import Engine
import Foundation
import Spawning

/// Where a benchmark works: nothing of it comes from the environment's settings or from files.
struct BenchPlace: Sendable {
  /// By which a child is told the database.
  static let variable = "AIOM_BENCH_DATABASE"

  let home: String
  /// A PostgreSQL's URL or a file's path; nil: a file in `home`.
  let database: String?
  let provider: String
  /// Calls under way at once, in each process.
  let calls: Int

  func settings() throws -> Settings {
    var flags: [SettingKey: (name: String, value: String)] = [
      .home: ("bench", home), .delivery: ("bench", "sandbox"), .url: ("bench", provider),
      .workers: ("bench", String(calls)),
    ]
    if let database {
      let key: SettingKey = DatabasePlace.isServer(database) ? .databaseURL : .database
      flags[key] = ("--database", database)
    }
    let reader = try SettingsReader(
      flags: flags, environment: [:], directory: home, readFile: { _ in nil })
    return try Settings(reader.resolve(), directory: home, environment: [:])
  }

  /// The path of the program that runs here.
  static var ownProgram: String {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
  }

  /// Starts this program once more, at the same place.
  /// - Parameters:
  ///   - arguments: of its command line.
  ///   - environment: besides what it needs to run at all. Neither the environment's settings nor a
  ///     file's may reach it.
  /// - Returns: the process, and what it prints.
  static func child(
    _ arguments: [String], _ environment: [String: String], in folder: String
  ) throws -> (process: ChildProcess, output: Pipe) {
    let output = Pipe()
    let process = try ChildProcess(
      ownProgram, arguments,
      environment: ["PATH": "/usr/bin:/bin", "HOME": folder].merging(environment) { _, own in own },
      directory: folder, output: .pipe(output))
    return (process, output)
  }
}
