import Foundation
import Sandbox
import Spawning
import Testing

/// Programs of others, from the Python environment of the test oracles.
///
/// Without it these tests are skipped visibly; under `CI=true` they run and fail.
enum ForeignClient {
  static let comment: Comment = "needs the oracles' Python: run scripts/bootstrap"

  static var shouldRun: Bool {
    ProcessInfo.processInfo.environment["CI"] == "true"
      || FileManager.default.isExecutableFile(atPath: python)
        && FileManager.default.fileExists(atPath: marker)
  }

  private static var environment: String {
    let environment = ProcessInfo.processInfo.environment
    return (environment["AIOM_BUILD_DIR"] ?? "/var/tmp/aiom-build") + "/oracles"
  }

  private static var python: String { environment + "/bin/python" }
  /// The environment may have been made before the foreign clients were asked for.
  private static var marker: String { environment + "/bin/apprise" }

  /// Runs a script of `scripts/oracles` and reads the array that it prints. Blocks no thread: the
  /// sandbox that it talks to needs them.
  static func run(_ script: String, _ arguments: [String]) async throws -> [Any] {
    let printed = FileManager.default.temporaryDirectory.appending(path: "foreign-\(UUID()).json")
    try Data().write(to: printed)
    defer { try? FileManager.default.removeItem(at: printed) }
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "scripts/oracles/" + script)
    let process = try ChildProcess(
      python, [file.path()] + arguments,
      // Loopback needs no proxy, whatever the surroundings say.
      environment: ["PATH": "/usr/bin:/bin", "no_proxy": "*", "HOME": NSTemporaryDirectory()],
      output: .file(try FileHandle(forWritingTo: printed)))
    #expect(await process.exit() == 0)
    let data = try Data(contentsOf: printed)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [Any])
  }
}

@Suite(.enabled(if: ForeignClient.shouldRun, ForeignClient.comment))
struct `A foreign client` {
  @Test func `by the vendor, in Python, sends and is refused`() async throws {
    var configuration = SandboxConfiguration(keys: [])
    configuration.furtherKeys = [
      SandboxKey(
        key: SandboxConfiguration.defaultKey, limit: .init(requests: 100, seconds: 3600))
    ]
    try await withSandbox(configuration) { (sandbox) async throws in
      let template =
        #"{"template_name":"W","id":"welcome","subject":"Hello {{ name }}","html_body":"<p>x</p>","#
        + #""text_body":"x"}"#
      #expect(try await sandbox.post("/v3/template/add", template).status == 200)
      let results = try await ForeignClient.run(
        "foreign_smtp2go.py", [sandbox.base, SandboxConfiguration.defaultKey])
      let answers = results.compactMap { $0 as? [String: Any] }
      #expect(answers.map { $0["success"] as? Bool } == [true, true, true, true, false, false])
      #expect(answers.map { $0["status"] as? Int } == [200, 200, 200, 200, 400, 400])
      #expect(answers.map { $0["limit"] as? Int } == [100, 100, 100, 100, 0, 0])
      #expect(answers.first?["remaining"] as? Int == 99)
      let messages = await sandbox.mailbox.messages()
      #expect(messages.map(\.id) == answers.prefix(4).map { $0["email_id"] as? String })
      #expect(
        messages.map(\.subject)
          == ["From the official client", "Text only", "From the official client", "Hello Ann"])
      #expect(messages.map(\.htmlBody) == ["<p>Rich</p>", nil, "<p>Rich</p>", "<p>x</p>"])
      #expect(messages[2].header("X-AIOM-Operation") == "foreign-1")
      #expect(messages.allSatisfy { $0.to.count == 1 && $0.ignoredFields.isEmpty })
      #expect(
        answers.last?["error"] as? String
          == "An API User matching the passed 'api_key' was not found")
    }
  }

  @Test func `apprise sends with recipients, headers and a file`() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "note-\(UUID()).txt")
    try Data("attached".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    try await withSandbox { (sandbox) async throws in
      let results = try await ForeignClient.run(
        "foreign_apprise.py", [sandbox.base, SandboxConfiguration.defaultKey, file.path()])
      #expect(results.compactMap { $0 as? Bool } == [true, true, false])
      let messages = await sandbox.mailbox.messages()
      #expect(messages.count == 3)
      let rich = try #require(messages.first)
      #expect(rich.sender == "Acme <billing@acme.example>")
      #expect(rich.cc.count == 1 && rich.bcc.count == 1)
      #expect(rich.htmlBody?.contains("Rich") == true)
      #expect(rich.subject == "From apprise")
      #expect(rich.header("X-AIOM-Operation") == "foreign-2")
      #expect(rich.attachments.first?.size == 8)
      #expect(try await sandbox.get("/messages/\(rich.id)/attachments/0").text == "attached")
      #expect(messages.last?.textBody?.contains("Plain") == true)
      #expect(Set(messages.flatMap(\.recipients)).count == 4)
    }
  }
}
