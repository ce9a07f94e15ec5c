import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import Spawning
import Testing

@testable import Web

/// With certificates made by the `openssl` command; skipped where it is not installed.
@Suite("TLS", .enabled(if: Certificates.canMake, "the openssl command is not installed"))
struct TLSTests {
  @Test func `a listener with a certificate speaks TLS and insists on it`() async throws {
    let files = try Certificates()
    defer { files.remove() }
    let certificate = try ServerCertificate(certificate: files.certificate, key: files.key)
    try await RunningListener.run(certificate: certificate) { place in
      var tls = TLSConfiguration.makeClientConfiguration()
      tls.trustRoots = .file(files.certificate)
      let client = HTTPClient(configuration: .init(tlsConfiguration: tls))
      do {
        let request = HTTPClientRequest(url: "https://localhost:\(place.port)/nowhere")
        let answer = try await client.execute(request, timeout: .seconds(30))
        #expect(answer.status.code == 404)
        #expect(answer.headers.first(name: "strict-transport-security") != nil)
      } catch {
        try await client.shutdown()
        throw error
      }
      try await client.shutdown()
    }
  }

  @Test func `whoever speaks plain http there gets nothing`() async throws {
    let files = try Certificates()
    defer { files.remove() }
    let ports = RecordingPorts()
    let certificate = try ServerCertificate(certificate: files.certificate, key: files.key)
    try await RunningListener.run(.public, ports, certificate: certificate) { place in
      let connection = try place.connect()
      connection.send("GET /u/\(RecordingPorts.linkToken) HTTP/1.1\r\nHost: t\r\n\r\n")
      #expect(await connection.readToEnd().hasPrefix("HTTP") == false)
      #expect(ports.reads == [])
    }
  }

  @Test func `a handshake that never ends does not hold the connection`() async throws {
    let files = try Certificates()
    defer { files.remove() }
    var limits = WebLimits()
    limits.head = .milliseconds(150)
    limits.linger = .milliseconds(50)
    let certificate = try ServerCertificate(certificate: files.certificate, key: files.key)
    try await RunningListener.run(limits: limits, certificate: certificate) { place in
      let connection = try place.connect()
      connection.send([0x16, 0x03, 0x01])
      _ = await connection.readToEnd()
    }
  }

  @Test func `a key of another certificate is refused at the start`() throws {
    let (one, other) = (try Certificates(), try Certificates())
    defer {
      one.remove()
      other.remove()
    }
    let fault = #expect(throws: ListenFault.self) {
      try ServerCertificate(certificate: one.certificate, key: other.key)
    }
    #expect(fault?.code == "tls.key_mismatch")
  }

  @Test func `files that are none are named`() throws {
    let files = try Certificates()
    defer { files.remove() }
    let missing = files.folder + "/missing.pem"
    let cases = [
      (missing, files.key, "tls.certificate_unreadable"),
      (files.certificate, missing, "tls.key_unreadable"),
      (files.key, files.key, "tls.certificate_invalid"),
      (files.certificate, files.certificate, "tls.key_invalid"),
    ]
    for (certificate, key, code) in cases {
      let fault = #expect(throws: ListenFault.self) {
        try ServerCertificate(certificate: certificate, key: key)
      }
      #expect(fault?.code == code || fault?.code == "tls.certificate_empty")
    }
  }

  @Test func `beyond this machine a certificate is enough`() throws {
    let files = try Certificates()
    defer { files.remove() }
    let certificate = try ServerCertificate(certificate: files.certificate, key: files.key)
    let exposure = try Exposure(
      .public, at: try #require(ListenAddress("0.0.0.0:0")), certificate: certificate,
      proxies: .none)
    #expect(exposure.scheme == "https")
    #expect(certificate.validUntil > Date())
  }
}

/// A self-signed certificate for `localhost` in a folder of its own.
struct Certificates {
  let folder: String
  var certificate: String { folder + "/certificate.pem" }
  var key: String { folder + "/key.pem" }

  struct Failed: Error { let status: Int32 }

  private static let program = "/usr/bin/openssl"
  static var canMake: Bool { FileManager.default.isExecutableFile(atPath: program) }

  init() throws {
    folder = NSTemporaryDirectory() + "aiom-tls-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let process = try ChildProcess(
      Self.program,
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
        "-keyout", folder + "/key.pem", "-out", folder + "/certificate.pem",
      ], output: .nothing, errors: .nothing)
    let status = process.waitUntilExit()
    guard status == 0 else { throw Failed(status: status) }
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
