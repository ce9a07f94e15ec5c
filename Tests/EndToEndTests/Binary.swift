import Dispatch
import Foundation
import Glibc
import Testing

/// The built `aiom`, run as its users run it.
enum Binary {
  /// What a finished run said.
  struct Result: Sendable {
    let status: Int32
    let output: String
  }

  /// The program beside the test bundle, or the one that `AIOM_BINARY` names.
  static let path: String = {
    if let named = ProcessInfo.processInfo.environment["AIOM_BINARY"] { return named }
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent()
    for name in ["aiom", "App"] {
      let candidate = folder.appendingPathComponent(name).path
      if access(candidate, X_OK) == 0 { return candidate }
    }
    return folder.appendingPathComponent("aiom").path
  }()

  /// A run under way.
  struct Run: Sendable {
    let process: Process
    let output: Pipe

    /// Ends the process as a power cut would.
    func kill() { Glibc.kill(process.processIdentifier, SIGKILL) }

    /// Waits for the end, on a thread of its own: Swift's few threads also run the sandbox that the
    /// process talks to.
    func end() async throws -> Result {
      try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async {
          continuation.resume(
            with: Swift.Result {
              let data = try output.fileHandleForReading.readToEnd() ?? Data()
              process.waitUntilExit()
              return Result(
                status: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
            })
        }
      }
    }
  }

  /// Starts a run; its standard error goes to the log folder of the test run, where secrets are
  /// looked for afterwards.
  static func start(_ arguments: [String], _ environment: [String: String]) throws -> Run {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"]
      .merging(environment) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = try log(arguments)
    try process.run()
    return Run(process: process, output: output)
  }

  /// Runs to the end.
  static func run(
    _ arguments: [String], _ environment: [String: String] = [:]
  ) async throws -> Result {
    try await start(arguments, environment).end()
  }

  private static func log(_ arguments: [String]) throws -> FileHandle {
    guard let folder = ProcessInfo.processInfo.environment["AIOM_TEST_LOG_DIR"] else {
      return FileHandle.nullDevice
    }
    let name = arguments.prefix(2).joined(separator: "-").replacing("/", with: "_")
    let path = "\(folder)/\(name)-\(UUID().uuidString).log"
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }
}
