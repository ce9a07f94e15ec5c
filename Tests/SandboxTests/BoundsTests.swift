import Foundation
import Sandbox
import Testing

@Suite struct `The bounds of a sandbox` {
  private func withFolder(_ body: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sandbox-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder)
  }

  private static let withFile = #""attachments":[{"filename":"a","fileblob":"QUJD"}]"#

  @Test func `keep the newest messages`() async throws {
    var configuration = SandboxConfiguration()
    configuration.maximumMessages = 16
    try await withSandbox(configuration) { (sandbox) async throws in
      for number in 1...100 {
        _ = try await sandbox.post("/v3/email/send", Sample.email(operation: "\(number)"))
        let count = await sandbox.mailbox.count
        #expect(count <= 16)
        let last = try #require(await sandbox.mailbox.messages().last)
        #expect(last.header("X-AIOM-Operation") == "\(number)")
        #expect(await sandbox.mailbox.message(id: last.id) == last)
      }
      let summary = try await sandbox.get("/_sandbox/summary")
      let kept = try #require(summary.int("messages"))
      #expect(summary.int("forgotten") == 100 - kept)
      #expect(try await sandbox.get("/").text.contains("\(kept) messages, newest first"))
    }
  }

  @Test func `keep large texts within the memory that is allowed`() async throws {
    var configuration = SandboxConfiguration()
    configuration.maximumBytes = 1_000_000
    let text = String(repeating: "a", count: 300_000)
    try await withSandbox(configuration) { (sandbox) async throws in
      for _ in 1...10 {
        _ = try await sandbox.post("/v3/email/send", Sample.email(#""text_body":"\#(text)""#))
      }
      #expect((1...3).contains(await sandbox.mailbox.count))
    }
  }

  @Test func `remove the files of what is forgotten, cleared or refused`() async throws {
    try await withFolder { (folder) async throws in
      let state = folder.appending(path: "state.jsonl").path()
      func files() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: state + ".files").count
      }
      var configuration = SandboxConfiguration(stateFile: state)
      configuration.maximumMessages = 8
      try await withSandbox(configuration) { (sandbox) async throws in
        for _ in 1...30 {
          _ = try await sandbox.post("/v3/email/send", Sample.email(Self.withFile))
        }
        #expect(try files() == (await sandbox.mailbox.count))
        let before = try files()
        _ = try await sandbox.post("/v3/email/send", Sample.email(Self.withFile + #","to":[]"#))
        sandbox.server.setFault(.http500, count: 1)
        _ = try await sandbox.post("/v3/email/send", Sample.email(Self.withFile))
        #expect(try files() == before)
        try await sandbox.mailbox.clear()
        #expect(try files() == 0)
        #expect(try Data(contentsOf: URL(filePath: state)).isEmpty)
      }
    }
  }

  @Test func `bring files back after a restart, and remove what nobody names`() async throws {
    try await withFolder { (folder) async throws in
      let state = folder.appending(path: "state.jsonl").path()
      let configuration = SandboxConfiguration(stateFile: state)
      try await withSandbox(configuration) { (sandbox) async throws in
        _ = try await sandbox.post("/v3/email/send", Sample.email(Self.withFile))
      }
      let stray = URL(filePath: state + ".files/stray")
      try Data("x".utf8).write(to: stray)
      try await withSandbox(configuration) { (sandbox) async throws in
        let id = try #require(await sandbox.mailbox.messages().first?.id)
        #expect(try await sandbox.get("/messages/\(id)/attachments/0").text == "ABC")
        #expect(!FileManager.default.fileExists(atPath: stray.path))
      }
    }
  }

  @Test func `rewrite a state file that is mostly about what is gone`() async throws {
    try await withFolder { (folder) async throws in
      let state = folder.appending(path: "state.jsonl").path()
      func lines() throws -> Int {
        try String(contentsOfFile: state, encoding: .utf8).split(separator: "\n").count
      }
      var configuration = SandboxConfiguration(stateFile: state)
      configuration.maximumMessages = 8
      try await withSandbox(configuration) { (sandbox) async throws in
        for number in 1...200 {
          _ = try await sandbox.post("/v3/email/send", Sample.email(operation: "\(number)"))
        }
      }
      #expect(try lines() == 200)
      var kept: [SandboxMessage] = []
      try await withSandbox(configuration) { (sandbox) async throws in
        kept = await sandbox.mailbox.messages()
        #expect(try lines() == kept.count)
        #expect(kept.last?.header("X-AIOM-Operation") == "200")
      }
      try await withSandbox(configuration) { (sandbox) async throws in
        #expect(await sandbox.mailbox.messages() == kept)
      }
    }
  }

  @Test func `take a file of 30 MB and give it back`() async throws {
    let chunk = String(repeating: "QUJDREVGR0hJSktM", count: 65_536)
    let blob = String(repeating: chunk, count: 40)
    try await withSandbox { (sandbox) async throws in
      let body = Sample.email(#""attachments":[{"filename":"big.bin","fileblob":"\#(blob)"}]"#)
      #expect(try await sandbox.post("/v3/email/send", body).status == 200)
      let message = try #require(await sandbox.mailbox.messages().first)
      #expect(message.attachments.first?.size == 12 * 65_536 * 40)
      let url = try #require(
        URL(string: "\(sandbox.base)/messages/\(message.id)/attachments/0"))
      let content = try await sandbox.bytes(url)
      #expect(content.count == 12 * 65_536 * 40)
      #expect(content.suffix(12) == Data("ABCDEFGHIJKL".utf8))
    }
  }

  @Test func `refuse more than 50 MB`() async throws {
    try await withSandbox { (sandbox) async throws in
      let blob = String(repeating: "QUJDREVGR0hJSktM", count: 65_536 * 51)
      let body = Sample.email(#""attachments":[{"filename":"a","fileblob":"\#(blob)"}]"#)
      #expect(try await sandbox.post("/v3/email/send", body).status == 413)
      #expect(await sandbox.mailbox.count == 0)
    }
  }
}
