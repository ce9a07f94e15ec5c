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

  private static var python: String {
    let environment = ProcessInfo.processInfo.environment
    return environment["AIOM_ORACLES_PYTHON"]
      ?? (environment["AIOM_BUILD_DIR"] ?? "/var/tmp/aiom-build") + "/oracles/bin/python"
  }

  /// Runs a script of `scripts/oracles` over an input and reads the array that it prints.
  static func answers<Question: Encodable, Answer: Decodable>(
    _ script: String, _ questions: [Question], as type: Answer.Type = Answer.self
  ) throws -> [Answer] {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("aiom-oracle-" + UUID().uuidString + ".json")
    try JSONEncoder().encode(questions).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let output = Pipe()
    let process = try ChildProcess(
      python,
      [packageRoot.appendingPathComponent("scripts/oracles/" + script).path, file.path],
      output: .pipe(output))
    let data = output.fileHandleForReading.readDataToEndOfFile()
    let status = process.waitUntilExit()
    guard status == 0 else { throw Failure(description: "\(script) ended with \(status)") }
    return try JSONDecoder().decode([Answer].self, from: data)
  }

  private static var packageRoot: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
  }
}
