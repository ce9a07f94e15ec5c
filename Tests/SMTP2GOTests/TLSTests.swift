import Foundation
import NIOSSL
import Spawning
import Testing

@testable import SMTP2GO

@Suite struct TLSTests {
  private static let openssl = [
    "/usr/bin/openssl", "/usr/local/bin/openssl", "/opt/homebrew/bin/openssl",
  ].first { FileManager.default.isExecutableFile(atPath: $0) }

  /// A certificate that nobody vouches for, made for this run.
  private func context(_ directory: TestDirectory) throws -> NIOSSLContext {
    let (key, certificate) = (directory.path + "/key.pem", directory.path + "/cert.pem")
    let process = try ChildProcess(
      try #require(Self.openssl),
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
        key, "-out", certificate, "-days", "1", "-subj", "/CN=localhost",
      ], output: .nothing, errors: .nothing)
    try #require(process.waitUntilExit() == 0)
    return try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))))
  }

  @Test(.enabled(if: openssl != nil, "needs openssl to make a certificate"))
  func `a certificate that nobody vouches for is not sent to`() async throws {
    let directory = try TestDirectory()
    let server = try await LoopbackServer(tls: try context(directory)) { _ in
      .answer(200, Fixture.accepted)
    }
    let client = try Fixture.client("https://localhost:\(server.port)/v3", deadline: .seconds(20))
    let email = try Fixture.email()
    #expect(await client.send(email).outcome == .notSent(.tlsFailed))
    #expect(server.requests.isEmpty)
    try await client.shutdown()
    try await server.stop()
  }

  @Test func `a server that never answers the handshake is not sent to`() async throws {
    let server = try await LoopbackServer(.readNothing) { _ in .hang }
    let client = try Fixture.client(
      "https://127.0.0.1:\(server.port)/v3", deadline: .milliseconds(400))
    let email = try Fixture.email()
    #expect(await client.send(email).outcome.label == "not_sent")
    try await client.shutdown()
    try await server.stop()
  }

  @Test func `a call that finds every connection busy until its deadline is not sent`()
    async throws
  {
    let server = try await LoopbackServer { _ in .hang }
    let outcomes = try await Fixture.run(
      server, deadline: .milliseconds(500), maxConnections: 1
    ) { client in
      let email = try Fixture.email()
      async let first = client.send(email).outcome.label
      async let second = client.send(email).outcome.label
      return await [first, second]
    }
    // The first to give up frees its connection; a second that gets it in its last moment is unknown
    // too. What is called not sent never arrived.
    let unknown = outcomes.count { $0 == "unknown" }
    #expect(outcomes.allSatisfy { $0 == "unknown" || $0 == "not_sent" })
    #expect(unknown >= 1)
    #expect(server.requests.count <= unknown)
  }
}
