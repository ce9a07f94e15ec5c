import Dispatch
import Foundation
import Glibc
import Spawning
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
    let process: ChildProcess
    let output: Pipe

    /// Ends the process as a power cut would.
    func kill() { process.kill() }

    /// Waits for the end, on a thread of its own: Swift's few threads also run the sandbox that the
    /// process talks to.
    func end() async throws -> Result {
      try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async {
          continuation.resume(
            with: Swift.Result {
              let data = try output.fileHandleForReading.readToEnd() ?? Data()
              return Result(
                status: process.waitUntilExit(), output: String(decoding: data, as: UTF8.self))
            })
        }
      }
    }
  }

  /// Starts a run; its standard error goes to the log folder of the test run, where secrets are
  /// looked for afterwards.
  static func start(_ arguments: [String], _ environment: [String: String]) throws -> Run {
    let output = Pipe()
    let process = try ChildProcess(
      path, arguments,
      environment: ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"]
        .merging(environment) { _, new in new },
      input: .nothing, output: .pipe(output), errors: try log(arguments))
    return Run(process: process, output: output)
  }

  /// Runs to the end.
  static func run(
    _ arguments: [String], _ environment: [String: String] = [:]
  ) async throws -> Result {
    try await start(arguments, environment).end()
  }

  private static func log(_ arguments: [String]) throws -> ChildProcess.Stream {
    guard let folder = ProcessInfo.processInfo.environment["AIOM_TEST_LOG_DIR"] else {
      return .nothing
    }
    let name = arguments.prefix(2).joined(separator: "-").replacing("/", with: "_")
    let path = "\(folder)/\(name)-\(UUID().uuidString).log"
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    return .file(try FileHandle(forWritingTo: URL(fileURLWithPath: path)))
  }
}
