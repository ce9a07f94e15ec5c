import ActionProtocol
import Connectors
import Engine
import Foundation
import Glibc
import Spawning
import TestSupport
import Testing

/// The recipes of docs/operations/serving.md, as they stand there.
@Suite(.serialized) struct ProxyRecipeTests {
  @Test(.enabled(if: Proxy.nginx.isInstalled, "nginx, openssl or curl is not installed"))
  func `nginx leads in what is public, and writes no token down`() async throws {
    try await Self.expectRecipe(.nginx)
  }

  @Test(.enabled(if: Proxy.caddy.isInstalled, "caddy, openssl or curl is not installed"))
  func `Caddy leads in what is public, and writes no token down`() async throws {
    try await Self.expectRecipe(.caddy)
  }

  private static func expectRecipe(_ kind: Proxy) async throws {
    let house = try await Installation()
    let webhook = try await WebhookEndpoints(house.context).create(
      house.org, scheme: .bearer, by: .tester, via: "test")
    let serve = try await ServingProcess(house, ["--behind-proxy", "127.0.0.1"])
    let proxy = try await RunningProxy(kind, before: serve.publicURL, in: house.folder)
    let hook = "/hooks/smtp2go/\(webhook.pathToken)"
    let authorized = "Authorization: \(webhook.authorization)"
    let event = #"{"event":"delivered","id":"0123456789abcdef0123456789abcdef","email_id":"x"}"#

    let stored = try await proxy.ask(hook, ["-H", authorized, "--data-binary", event])
    #expect(stored.status == 200)
    // It is in the database: the same one again is known.
    let again = try await proxy.ask(hook, ["-H", authorized, "--data-binary", event])
    #expect(again.head.hasSuffix(#"{"status":"duplicate"}"#))
    let unknown = try await proxy.ask("/u/unknown", [])
    #expect(unknown.status == 404)
    // Only a request that AIOM believes to be encrypted gets this.
    #expect(unknown.head.lowercased().contains("strict-transport-security"))
    #expect(try await proxy.ask("/healthz", []).status == 404)
    #expect(try await proxy.ask("/", []).status == 404)
    let large = house.folder + "/large"
    try Data(repeating: 0x78, count: 300_000).write(to: URL(fileURLWithPath: large))
    let refused = try await proxy.ask(hook, ["-H", authorized, "--data-binary", "@\(large)"])
    #expect(refused.status == 413)

    serve.signal(SIGTERM)
    #expect(try await serve.run.end().status == 0)
    let gone = try await proxy.ask(hook, ["-H", authorized, "--data-binary", event])
    #expect(gone.status == 502)
    let written = try await proxy.stop()
    #expect(!written.contains(webhook.pathToken))
    #expect(!written.contains(webhook.authorizationValue))
    try await house.close()
  }

  static func until(_ holds: () async throws -> Bool) async throws {
    let end = ContinuousClock.now.advanced(by: .seconds(60))
    while try await !holds() {
      try #require(ContinuousClock.now < end, "it did not come to it within a minute")
      await Task.yield()
    }
  }
}

/// A proxy that the documents have a recipe for.
enum Proxy: String, Sendable {
  case nginx
  case caddy

  var isInstalled: Bool {
    [program, "/usr/bin/openssl", "/usr/bin/curl"]
      .allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
  }

  var program: String { self == .nginx ? "/usr/sbin/nginx" : "/usr/bin/caddy" }

  struct NoRecipe: Error {}

  /// The block of the document, with free ports, a certificate of the test's own and the test's
  /// folder in place of the machine's; nothing else is changed but what a test needs around it.
  func configuration(port: Int, upstream: String, folder: String) throws -> String {
    let document = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "docs/operations/serving.md")
    let text = try String(contentsOf: document, encoding: .utf8)
    guard let start = text.range(of: "```\(rawValue)\n"),
      let end = text.range(of: "\n```", range: start.upperBound..<text.endIndex)
    else { throw NoRecipe() }
    let recipe = String(text[start.upperBound..<end.lowerBound])
      .replacing("127.0.0.1:8081", with: upstream)
    return self == .nginx
      ? Self.nginx(recipe, port, folder) : Self.caddy(recipe, port, folder)
  }

  private static func nginx(_ recipe: String, _ port: Int, _ folder: String) -> String {
    let server =
      recipe
      .replacing("listen 443 ssl", with: "listen 127.0.0.1:\(port) ssl")
      .replacing("/etc/ssl/aiom/fullchain.pem", with: "\(folder)/certificate.pem")
      .replacing("/etc/ssl/aiom/key.pem", with: "\(folder)/key.pem")
      .replacing("/var/log/nginx/aiom-error.log", with: "\(folder)/proxy-error.log")
    let places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map { "  \($0)_temp_path \(folder)/\($0);" }.joined(separator: "\n")
    return """
      daemon off;
      master_process off;
      pid \(folder)/proxy.pid;
      error_log stderr info;
      events {}
      http {
      \(places)
      \(server)
      }
      """
  }

  private static func caddy(_ recipe: String, _ port: Int, _ folder: String) -> String {
    var text = recipe.replacing(
      "aiom.example.com {",
      with: "https://aiom.example.com:\(port) {\n\tbind 127.0.0.1\n"
        + "\ttls \(folder)/certificate.pem \(folder)/key.pem")
    if let brace = text.range(of: "{\n") {
      text.replaceSubrange(brace, with: "{\n\tadmin off\n\tauto_https disable_redirects\n")
    }
    return text
  }
}

/// A proxy that runs for a test.
struct RunningProxy: Sendable {
  struct Answer: Sendable {
    let status: Int
    let head: String
  }

  struct Failed: Error { let output: String }

  private let process: ChildProcess
  private let port: Int
  private let folder: String
  private var log: String { folder + "/proxy-output.log" }

  init(_ kind: Proxy, before url: String, in folder: String) async throws {
    self.folder = folder
    port = try Self.freePort()
    let made = try await Self.run(
      "/usr/bin/openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-days", "2", "-subj", "/CN=aiom.example.com", "-addext",
        "subjectAltName=DNS:aiom.example.com", "-keyout", folder + "/key.pem", "-out",
        folder + "/certificate.pem",
      ])
    guard made.status == 0 else { throw Failed(output: made.output) }
    let text = try kind.configuration(
      port: port, upstream: url.replacing("http://", with: ""), folder: folder)
    let file = folder + "/proxy.conf"
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    _ = FileManager.default.createFile(atPath: folder + "/proxy-output.log", contents: nil)
    let output = try FileHandle(
      forWritingTo: URL(fileURLWithPath: folder + "/proxy-output.log"))
    process = try ChildProcess(
      kind.program,
      kind == .nginx
        ? ["-p", folder, "-c", file] : ["run", "--config", file, "--adapter", "caddyfile"],
      environment: ["PATH": "/usr/bin:/bin", "HOME": folder], output: .file(output),
      errors: .file(output))
    let running = self
    try await ProxyRecipeTests.until {
      guard running.process.isRunning else { throw Failed(output: running.written) }
      return try await running.ask("/", []).status == 404
    }
  }

  func ask(_ path: String, _ arguments: [String]) async throws -> Answer {
    let host = "aiom.example.com:\(port)"
    let result = try await Self.run(
      "/usr/bin/curl",
      [
        "--silent", "--include", "--http1.1", "--noproxy", "*", "--max-time", "30", "--cacert",
        folder + "/certificate.pem", "--resolve", "\(host):127.0.0.1",
      ] + arguments + ["https://\(host)\(path)"])
    // A client that announces a large body first asks whether it may send it.
    let text = result.output.replacing("HTTP/1.1 100 Continue\r\n\r\n", with: "")
    let status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return Answer(status: status ?? 0, head: text)
  }

  /// Ends it.
  /// - Returns: everything that it has written anywhere.
  func stop() async throws -> String {
    process.kill()
    await process.exit()
    return written
  }

  private var written: String {
    ["proxy-output.log", "proxy-error.log"].map { name in
      let data = FileManager.default.contents(atPath: folder + "/" + name) ?? Data()
      return String(decoding: data, as: UTF8.self)
    }.joined()
  }

  private static func run(
    _ program: String, _ arguments: [String]
  ) async throws -> (status: Int32, output: String) {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Swift.Result {
            let output = Pipe()
            let process = try ChildProcess(
              program, arguments, output: .pipe(output), errors: .nothing)
            let data = try output.fileHandleForReading.readToEnd() ?? Data()
            return (process.waitUntilExit(), String(decoding: data, as: UTF8.self))
          })
      }
    }
  }

  /// A port that was free a moment ago.
  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, size) == 0 ? getsockname(descriptor, address, &size) : -1
      }
    }
    guard result == 0 else { throw Failed(output: "no free port") }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
