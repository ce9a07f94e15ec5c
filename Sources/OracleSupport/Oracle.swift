import Foundation
import Spawning
import Testing

/// The Python environment with foreign implementations of what is tested here.
///
/// Without it the tests that ask it are skipped visibly; under `CI=true` they run and fail.
public enum Oracle {
  /// A script that ended with an error or printed something else than what was asked for.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String

    public init(description: String) { self.description = description }
  }

  public static let comment: Comment = "needs the oracles' Python: run scripts/bootstrap"

  public static var shouldRun: Bool {
    ProcessInfo.processInfo.environment["CI"] == "true"
      || FileManager.default.isExecutableFile(atPath: python)
  }

  /// The folder of Package.swift.
  public static var packageRoot: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  private static var python: String {
    let environment = ProcessInfo.processInfo.environment
    return environment["AIOM_ORACLES_PYTHON"]
      ?? (environment["AIOM_BUILD_DIR"] ?? "/var/tmp/aiom-build") + "/oracles/bin/python"
  }

  /// Runs a script of `scripts/oracles` over an input and reads the array that it prints.
  public static func answers<Question: Encodable, Answer: Decodable>(
    _ script: String, _ questions: [Question], as type: Answer.Type = Answer.self
  ) async throws -> [Answer] {
    let output = try await output(script, input: JSONEncoder().encode(questions))
    return try JSONDecoder().decode([Answer].self, from: output)
  }

  /// Runs a script of `scripts/oracles` over an input and returns what it prints.
  public static func output(_ script: String, input: Data) async throws -> Data {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("aiom-oracle-" + UUID().uuidString + ".json")
    try input.write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try await run([
      packageRoot.appendingPathComponent("scripts/oracles/" + script).path, file.path,
    ])
  }

  /// Runs Python with arguments and returns what it prints.
  ///
  /// The thread of the caller stays free meanwhile: tests share as many as the machine has cores.
  public static func run(_ arguments: [String]) async throws -> Data {
    let output = Pipe()
    let process = try ChildProcess(python, arguments, output: .pipe(output))
    let reading = output.fileHandleForReading
    let data = await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(returning: reading.readDataToEndOfFile())
      }
    }
    let status = await process.exit()
    guard status == 0 else {
      throw Failure(description: "\(arguments.first ?? "") ended with \(status)")
    }
    return data
  }
}
