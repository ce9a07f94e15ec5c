import Foundation
import Spawning
import Testing

/// The built program, run as a user runs it: in a directory and with an environment of its own.
struct Binary {
  struct Output {
    let status: Int32
    let text: String
    let errors: String

    /// Standard output as one JSON object.
    func json(sourceLocation: SourceLocation = #_sourceLocation) throws -> [String: Any] {
      let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
      return try #require(value as? [String: Any], sourceLocation: sourceLocation)
    }

    /// The code of the error object.
    func errorCode() throws -> String? {
      (try json()["error"] as? [String: Any])?["code"] as? String
    }
  }

  let folder: URL
  var environment: [String: String]

  init(_ environment: [String: String] = [:]) throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "aiom-app-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    self.environment = [
      "PATH": "/usr/bin:/bin", "HOME": folder.path,
      "AIOM_HOME": folder.appending(path: "home").path,
    ].merging(environment) { _, new in new }
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  /// Runs a command to its end.
  func run(_ arguments: String..., input: String = "") async throws -> Output {
    try await run(arguments, input: input)
  }

  func run(_ arguments: [String], input: String = "") async throws -> Output {
    let name = UUID().uuidString
    let (out, err) = (folder.appending(path: "\(name).out"), folder.appending(path: "\(name).err"))
    let source = folder.appending(path: "\(name).in")
    try Data(input.utf8).write(to: source)
    for file in [out, err] { try Data().write(to: file) }
    let process = try ChildProcess(
      Self.program().path, arguments, environment: environment, directory: folder.path,
      input: .file(try FileHandle(forReadingFrom: source)),
      output: .file(try FileHandle(forWritingTo: out)),
      errors: .file(try FileHandle(forWritingTo: err)))
    let status = await process.exit()
    let errors = try String(contentsOf: err, encoding: .utf8)
    try Self.keepLog(errors, of: name)
    return Output(
      status: status, text: try String(contentsOf: out, encoding: .utf8), errors: errors)
  }

  /// Logs of started processes are searched for secrets after the whole test run.
  private static func keepLog(_ text: String, of name: String) throws {
    guard let folder = ProcessInfo.processInfo.environment["AIOM_TEST_LOG_DIR"], !text.isEmpty
    else { return }
    try Data(text.utf8).write(to: URL(filePath: folder).appending(path: "app-\(name).log"))
  }

  /// `aiom` beside the tests; a build of single targets names it after its target.
  private static func program() throws -> URL {
    if let given = ProcessInfo.processInfo.environment["AIOM_BINARY"] {
      return URL(filePath: given)
    }
    let bundle = try #require(Bundle.main.executableURL).deletingLastPathComponent()
    let found = ["aiom", "App"].map { bundle.appending(path: $0) }
      .filter { FileManager.default.isExecutableFile(atPath: $0.path) }
    return try #require(
      found.max { left, right in try Self.date(left) < Self.date(right) },
      "no built program beside the tests")
  }

  private static func date(_ file: URL) throws -> Date {
    try file.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
      ?? .distantPast
  }
}
