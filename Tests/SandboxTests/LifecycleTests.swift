import AsyncHTTPClient
import Logging
import NIOCore
import NIOHTTP1
import Sandbox
import Testing

@Suite struct `A sandbox` {
  private let logger = Logger(label: "quiet", factory: { _ in SwiftLogNoOpLogHandler() })

  private func ask(_ port: Int) async throws -> UInt {
    let url = "http://127.0.0.1:\(port)/_sandbox/summary"
    return try await HTTPClient.shared.execute(HTTPClientRequest(url: url), timeout: .seconds(30))
      .status.code
  }

  @Test func `starts on a free port, stops, and starts again with what it had`() async throws {
    try await withSandbox { (sandbox) async throws in
      _ = try await sandbox.post("/v3/email/send", Sample.email)
      #expect(sandbox.server.port == sandbox.port)
      try await sandbox.server.stop()
      #expect(sandbox.server.port == nil)
      await #expect(throws: (any Error).self) {
        try await RawConnection.exchange(port: sandbox.port, "")
      }
      let port = try await sandbox.server.start()
      #expect(try await ask(port) == 200)
      #expect(await sandbox.mailbox.count == 1)
    }
  }

  @Test func `refuses to start twice, and keeps running`() async throws {
    try await withSandbox { (sandbox) async throws in
      let error = await #expect(throws: SandboxError.self) { try await sandbox.server.start() }
      #expect(error?.code == "already_running")
      #expect(try await ask(sandbox.port) == 200)
    }
  }

  @Test func `says so when its port is taken, and may try again`() async throws {
    try await withSandbox { (sandbox) async throws in
      let other = SandboxServer(
        configuration: SandboxConfiguration(port: sandbox.port), logger: logger)
      await #expect(throws: (any Error).self) { try await other.start() }
      try await sandbox.server.stop()
      #expect(try await other.start() == sandbox.port)
      try await other.stop()
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `serves until it is cancelled, hanging requests or not`() async throws {
    let server = SandboxServer(configuration: SandboxConfiguration(), logger: logger)
    server.setFault(.hangBeforeAccepting)
    let run = Task { try await server.run() }
    await eventually { server.port != nil }
    let port = try #require(server.port)
    let request = RawConnection.request("/v3/email/send", Sample.email)
    async let received = RawConnection.exchange(port: port, request)
    await eventually { server.hangingRequests == 1 }
    run.cancel()
    _ = try? await run.value
    #expect(try await received.isEmpty)
    #expect(server.port == nil)
  }
}
