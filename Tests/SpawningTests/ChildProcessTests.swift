import Foundation
import Glibc
import Spawning
import Testing

@Suite struct ChildProcessTests {
  private func shell(
    _ script: String, environment: [String: String]? = nil, directory: String? = nil,
    input: ChildProcess.Stream = .nothing
  ) async throws -> (status: Int32, output: String) {
    let output = Pipe()
    let child = try ChildProcess(
      "/bin/sh", ["-c", script], environment: environment, directory: directory, input: input,
      output: .pipe(output), errors: .nothing)
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    return (await child.exit(), String(decoding: data, as: UTF8.self))
  }

  @Test func `what it prints and how it ends comes back`() async throws {
    let result = try await shell("printf '%s' \"$WORD\"; exit 7", environment: ["WORD": "häuser"])
    #expect(result.status == 7)
    #expect(result.output == "häuser")
  }

  @Test func `it runs in the directory it is given and reads what it is given`() async throws {
    let folder = NSTemporaryDirectory() + "aiom-child-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/in"
    try Data("a line".utf8).write(to: URL(filePath: file))
    let input = try #require(FileHandle(forReadingAtPath: file))
    let result = try await shell(
      "basename \"$(pwd -P)\"; cat", directory: folder, input: .file(input))
    #expect(result.output == URL(filePath: folder).lastPathComponent + "\na line")
  }

  @Test func `nothing of ours is open in it`() async throws {
    let held = try (0..<40).map { _ in try #require(FileHandle(forReadingAtPath: "/dev/null")) }
    let result = try await shell("ls /proc/self/fd | sort -n | tr '\\n' ' '")
    // 3 is the folder that `ls` reads.
    #expect(result.output == "0 1 2 3 ")
    #expect(held.count == 40)
  }

  @Test func `a signal that is blocked here reaches it`() async throws {
    var blocked = sigset_t()
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGTERM)
    var before = sigset_t()
    pthread_sigmask(SIG_BLOCK, &blocked, &before)
    let child = try ChildProcess("/bin/sleep", ["600"])
    pthread_sigmask(SIG_SETMASK, &before, nil)
    child.terminate()
    #expect(await child.exit() == SIGTERM)
    #expect(!child.isRunning)
  }

  @Test func `killed is told by the signal's number, and later signals reach nobody`() async throws
  {
    let child = try ChildProcess("/bin/sleep", ["600"])
    #expect(child.isRunning)
    child.kill()
    #expect(child.waitUntilExit() == SIGKILL)
    #expect(await child.exit() == SIGKILL)
    child.terminate()
  }

  @Test func `a program that is not there is named`() throws {
    #expect {
      try ChildProcess("/nonexistent/program", [])
    } throws: { error in
      "\(error)" == "cannot start /nonexistent/program: No such file or directory"
    }
  }

  @Test func `many at once are told apart`() async throws {
    let results = try await withThrowingTaskGroup(of: (Int, Int32).self) { group in
      for number in 0..<60 {
        group.addTask {
          (number, try await ChildProcess("/bin/sh", ["-c", "exit \(number)"]).exit())
        }
      }
      return try await group.reduce(into: [Int: Int32]()) { $0[$1.0] = $1.1 }
    }
    #expect(results == Dictionary(uniqueKeysWithValues: (0..<60).map { ($0, Int32($0)) }))
  }
}
