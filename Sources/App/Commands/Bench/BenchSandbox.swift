import ActionProtocol
import Foundation
import Spawning

/// A sandbox in a process of its own, so that its work and memory are not counted as ours.
final class BenchSandbox {
  let url: String
  private let process: ChildProcess

  private let stateFile: String

  private init(process: ChildProcess, url: String, stateFile: String) {
    self.process = process
    self.url = url
    self.stateFile = stateFile
  }

  /// - Parameter folder: where the sandbox writes down what arrived.
  static func start(in folder: DemoFolder) throws -> BenchSandbox {
    let stateFile = SettingsReader.join(folder.path, "outbox.jsonl")
    let output = Pipe()
    let process = try ChildProcess(
      BenchPlace.ownProgram, ["sandbox", "--port", "0", "--state", stateFile, "--json"],
      output: .pipe(output))
    guard let url = try address(in: output.fileHandleForReading) else {
      process.terminate()
      throw Failure(
        .internalError, "bench.sandbox", "The sandbox did not start.",
        remedy: "Try it by hand: aiom sandbox --port 0.")
    }
    return BenchSandbox(process: process, url: url, stateFile: stateFile)
  }

  /// How many messages arrived, and how many of them more than once, by their operation ids in the
  /// sandbox's own journal.
  func arrived() throws -> (messages: Int, repeated: Int) {
    let lines = try String(contentsOfFile: stateFile, encoding: .utf8).split(separator: "\n")
    let operations = lines.compactMap(Self.operation)
    return (lines.count, lines.count - Set(operations).count)
  }

  private static func operation(_ line: Substring) -> String? {
    guard case .success(.object(let record)) = JSONReader.read(Array(line.utf8)),
      case .object(let email)? = record["email"], case .array(let headers)? = email["headers"]
    else { return nil }
    for case .object(let header) in headers {
      if header["name"] == .string("X-AIOM-Operation"), case .string(let value)? = header["value"] {
        return value
      }
    }
    return nil
  }

  func stop() {
    process.terminate()
    process.waitUntilExit()
  }

  /// The announcement ends with a closing brace at the beginning of a line.
  private static func address(in handle: FileHandle) throws -> String? {
    var bytes: [UInt8] = []
    while let data = try handle.read(upToCount: 1), !data.isEmpty {
      bytes += data
      if bytes.suffix(2) == Array("\n}".utf8) { break }
    }
    guard case .success(.object(let object)) = JSONReader.read(bytes),
      case .string(let url)? = object["url"]
    else { return nil }
    return url
  }
}
