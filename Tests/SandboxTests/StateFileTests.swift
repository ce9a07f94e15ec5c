import Foundation
import Sandbox
import Testing

@Suite struct `The state file` {
  private func withStateFile(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sandbox-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.appending(path: "state.jsonl").path())
  }

  @Test func `brings everything back after a restart`() async throws {
    try await withStateFile { (path) async throws in
      let configuration = SandboxConfiguration(stateFile: path)
      var before: [SandboxMessage] = []
      var texts: [SandboxSMS] = []
      try await withSandbox(configuration) { (sandbox) async throws in
        _ = try await sandbox.post("/v3/email/send", Sample.email)
        let rich = Sample.email(
          #""subject":"Ünïcode \"quoted\"\\ \u0007 🎉","cc":["c@example.org"],"extra":1,"#
            + #""attachments":[{"filename":"a","fileblob":"QUJD","mimetype":"text/plain"}],"#
            + #""schedule":\#(Int(Date.now.timeIntervalSince1970) + 3600)"#)
        #expect(try await sandbox.post("/v3/email/send", rich).status == 200)
        #expect(try await sandbox.post("/v3/sms/send", Sample.sms).status == 200)
        before = await sandbox.mailbox.messages()
        texts = await sandbox.mailbox.sms()
      }
      try await withSandbox(configuration) { (sandbox) async throws in
        #expect(before.count == 2)
        #expect(await sandbox.mailbox.messages() == before)
        #expect(await sandbox.mailbox.sms() == texts)
        #expect(await sandbox.mailbox.message(id: before[1].id) == before[1])
        let activity = try await sandbox.post(
          "/v3/activity/search", #"{"start_date":"2020-01-01"}"#)
        #expect(activity.int("data.total_events") == 2)
        try await sandbox.mailbox.clear()
        #expect(await sandbox.mailbox.count == 0)
      }
      try await withSandbox(configuration) { (sandbox) async throws in
        #expect(await sandbox.mailbox.count == 0)
        #expect(await sandbox.mailbox.sms().isEmpty)
      }
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `holds a message before the hang that follows it`() async throws {
    try await withStateFile { (path) async throws in
      try await withSandbox(SandboxConfiguration(stateFile: path)) { (sandbox) async throws in
        sandbox.server.setFault(.hangAfterAccepting)
        let call = Task { try await sandbox.post("/v3/email/send", Sample.email(operation: "x")) }
        await eventually { sandbox.server.hangingRequests == 1 }
        #expect(try String(contentsOfFile: path, encoding: .utf8).contains(#""value":"x""#))
        call.cancel()
        _ = try? await call.value
      }
    }
  }

  @Test func `loses only a line that a kill cut short`() async throws {
    try await withStateFile { (path) async throws in
      let configuration = SandboxConfiguration(stateFile: path)
      try await withSandbox(configuration) { (sandbox) async throws in
        _ = try await sandbox.post("/v3/email/send", Sample.email(operation: "kept"))
      }
      var content = try Data(contentsOf: URL(filePath: path))
      content.append(contentsOf: Data(#"{"kind":"email","ema"#.utf8))
      try content.write(to: URL(filePath: path))
      try await withSandbox(configuration) { (sandbox) async throws in
        #expect(await sandbox.mailbox.count == 1)
        _ = try await sandbox.post("/v3/email/send", Sample.email(operation: "after"))
      }
      try await withSandbox(configuration) { (sandbox) async throws in
        let operations = await sandbox.mailbox.messages().map { $0.header("X-AIOM-Operation") }
        #expect(operations == ["kept", "after"])
      }
    }
  }

  @Test func `stops the start when a whole line is damaged`() async throws {
    try await withStateFile { (path) async throws in
      try Data("{\"kind\":\"cleared\"}\nnonsense\n".utf8).write(to: URL(filePath: path))
      let error = await #expect(throws: SandboxError.self) {
        try await withSandbox(SandboxConfiguration(stateFile: path)) { _ in }
      }
      #expect(error?.code == "state_file_damaged")
      #expect(error?.line == 2)
    }
  }

  @Test func `belongs to one sandbox at a time`() async throws {
    try await withStateFile { (path) async throws in
      let configuration = SandboxConfiguration(stateFile: path)
      try await withSandbox(configuration) { _ in
        let error = await #expect(throws: SandboxError.self) {
          try await withSandbox(configuration) { _ in }
        }
        #expect(error?.code == "state_file_in_use")
      }
      try await withSandbox(configuration) { _ in }
    }
  }

  @Test func `never holds a key`() async throws {
    try await withStateFile { (path) async throws in
      try await withSandbox(SandboxConfiguration(stateFile: path)) { (sandbox) async throws in
        let body = Sample.email(#""api_key":"\#(SandboxConfiguration.defaultKey)""#)
        #expect(try await sandbox.post("/v3/email/send", body, headers: [:]).status == 200)
      }
      let content = try String(contentsOfFile: path, encoding: .utf8)
      #expect(!content.isEmpty)
      #expect(!content.contains(SandboxConfiguration.defaultKey))
    }
  }
}
