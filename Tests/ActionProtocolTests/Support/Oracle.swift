import ActionProtocol
import Foundation
import Spawning
import Testing

/// The Python environment with foreign implementations of what is tested here.
///
/// Without it the oracle tests are skipped visibly; under `CI=true` they run and fail.
enum Oracle {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  static let comment: Comment = "needs the oracles' Python: run scripts/bootstrap"

  static var shouldRun: Bool {
    ProcessInfo.processInfo.environment["CI"] == "true"
      || FileManager.default.isExecutableFile(atPath: python)
  }

  static var python: String {
    let environment = ProcessInfo.processInfo.environment
    return environment["AIOM_ORACLES_PYTHON"]
      ?? (environment["AIOM_BUILD_DIR"] ?? "/var/tmp/aiom-build") + "/oracles/bin/python"
  }

  /// Runs a script of `scripts/oracles` over an input and reads the JSON it prints.
  static func answer(_ script: String, input: [UInt8]) throws -> [JSONValue] {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("aiom-oracle-" + UUID().uuidString + ".json")
    try Data(input).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let output = Pipe()
    let process = try ChildProcess(
      python,
      [packageRoot.appendingPathComponent("scripts/oracles/" + script).path, file.path],
      output: .pipe(output))
    let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
    let status = process.waitUntilExit()
    guard status == 0 else { throw Failure(description: "\(script) ended with \(status)") }
    guard let items = try JSONReader.read(bytes, byteLimit: .max).get().arrayValue else {
      throw Failure(description: "\(script) printed no array")
    }
    return items
  }

  static var packageRoot: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
  }
}
