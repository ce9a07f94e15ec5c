import Foundation
import Testing

@testable import SMTP2GO

/// How much memory a large attachment takes, measured in a process of its own: the peak of its
/// resident set (`VmHWM`), client and a server that throws the bytes away together.
@Suite struct MemoryTests {
  #if os(Linux)
    @Test func `thirty megabytes from disk stay far below two hundred in memory`() async throws {
      let result = await #expect(
        processExitsWith: .success, observing: [\.standardOutputContent]
      ) {
        let peak = try await Probe.peakKilobytes { path in
          var email = try Fixture.email()
          email.attachments = [.init(filename: "a.bin", source: .file(path: path))]
          return { [email] client in await client.send(email).outcome.label }
        }
        print("peak of /email/send with 30 MB: \(peak / 1024) MiB")
        exit(peak < 200 * 1024 ? EXIT_SUCCESS : EXIT_FAILURE)
      }
      Self.show(result)
    }

    @Test func `a MIME message of twenty-five megabytes stays as small`() async throws {
      let result = await #expect(
        processExitsWith: .success, observing: [\.standardOutputContent]
      ) {
        let peak = try await Probe.peakKilobytes(megabytes: 25) { path in
          var email = try Fixture.email()
          email.attachments = [.init(filename: "a.bin", source: .file(path: path))]
          let threaded = ThreadedEmail(
            email, messageID: try MessageID("a@acme.example"), date: Date())
          return { client in await client.send(threaded).outcome.label }
        }
        print("peak of /email/mime with 25 MB: \(peak / 1024) MiB")
        exit(peak < 200 * 1024 ? EXIT_SUCCESS : EXIT_FAILURE)
      }
      Self.show(result)
    }

    private static func show(_ result: ExitTest.Result?) {
      let text = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
      for line in text.split(separator: "\n") where line.hasPrefix("peak") { print(line) }
    }
  #endif
}

/// What runs in the process that is measured.
private enum Probe {
  static func peakKilobytes(
    megabytes: Int = 30,
    _ prepare: (String) throws -> @Sendable (SMTP2GOClient) async -> String
  ) async throws -> Int {
    let directory = try TestDirectory()
    let path = directory.path + "/a.bin"
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    for _ in 0..<megabytes {
      try handle.write(contentsOf: Data(repeating: 0xA5, count: 1_000_000))
    }
    try handle.close()
    let server = try await LoopbackServer(.discardBody) { _ in .answer(200, Fixture.accepted) }
    let send = try prepare(path)
    // Memory is measured here, and a busy machine takes its time.
    let label = try await Fixture.run(server, deadline: .seconds(600)) { await send($0) }
    guard label == "accepted" else { exit(3) }
    return try highWaterMark()
  }

  private static func highWaterMark() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.split(separator: " ").dropLast().last ?? "") } ?? .max
  }
}
