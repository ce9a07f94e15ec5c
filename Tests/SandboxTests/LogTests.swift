import Logging
import Sandbox
import Synchronization
import Testing

@Suite struct `The log` {
  /// Keeps every line with its metadata.
  private final class Recorder: LogHandler, Sendable {
    let lines = Mutex<[String]>([])
    var logLevel: Logger.Level {
      get { .trace }
      set {}
    }
    var metadata: Logger.Metadata {
      get { [:] }
      set {}
    }
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { nil }
      set {}
    }

    func log(event: LogEvent) {
      lines.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
    }
  }

  @Test func `holds no key, address, subject or body`() async throws {
    let recorder = Recorder()
    let logger = Logger(label: "test", factory: { _ in recorder })
    try await withSandbox(logger: logger) { (sandbox) async throws in
      _ = try await sandbox.post("/v3/email/send", Sample.email)
      _ = try await sandbox.post("/v3/email/send", Sample.email(#""sender":"bad.example""#))
      _ = try await sandbox.post("/v3/sms/send", Sample.sms)
      sandbox.server.setFault(.cutAfterAccepting, count: 1)
      _ = try? await sandbox.post("/v3/email/send", Sample.email)
    }
    let lines = recorder.lines.withLock(\.self)
    #expect(lines.contains { $0.contains("listening") })
    let log = lines.joined(separator: "\n")
    for secret in [
      SandboxConfiguration.defaultKey, "acme.example", "ann@example.org", "Invoice", "Please pay",
      "2025550959", "bad.example",
    ] {
      #expect(!log.contains(secret))
    }
  }
}
