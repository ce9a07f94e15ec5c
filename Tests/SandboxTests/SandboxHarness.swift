import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Sandbox
import Synchronization
import Testing

/// A running sandbox and a client that knows nothing of it but its port.
struct SandboxHarness: Sendable {
  let server: SandboxServer
  let port: Int
  let client: HTTPClient

  var mailbox: SandboxMailbox { server.mailbox }
  var base: String { "http://127.0.0.1:\(port)" }

  /// Sends JSON text with the default key, unless the headers say otherwise.
  func post(
    _ path: String, _ body: String,
    headers: [String: String] = ["X-Smtp2go-Api-Key": SandboxConfiguration.defaultKey]
  ) async throws -> Answer {
    try await send(.POST, path, body: body, headers: headers)
  }

  func get(_ path: String, headers: [String: String] = [:]) async throws -> Answer {
    try await send(.GET, path, body: nil, headers: headers)
  }

  /// A download.
  func bytes(_ url: URL) async throws -> Data {
    let response = try await client.execute(
      HTTPClientRequest(url: url.absoluteString), deadline: .distantFuture)
    return Data((try await response.body.collect(upTo: 64 * 1024 * 1024)).readableBytesView)
  }

  func send(
    _ method: HTTPMethod, _ path: String, body: String? = nil, headers: [String: String] = [:]
  ) async throws -> Answer {
    var request = HTTPClientRequest(url: base + path)
    request.method = method
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    if let body { request.body = .bytes(ByteBuffer(string: body)) }
    let response = try await client.execute(request, deadline: .distantFuture)
    let bytes = try await response.body.collect(upTo: 64 * 1024 * 1024)
    return Answer(
      status: Int(response.status.code),
      headers: response.headers.reduce(into: [:]) { $0[$1.name.lowercased()] = $1.value },
      text: String(buffer: bytes))
  }
}

/// What came back, read by Foundation: the sandbox must not vouch for its own JSON.
struct Answer: Sendable {
  var status: Int
  var headers: [String: String]
  var text: String

  /// The value at a dotted path such as `data.events.0.event`.
  func value(_ path: String) -> Any? {
    guard let root = try? JSONSerialization.jsonObject(with: Data(text.utf8)) else { return nil }
    return path.split(separator: ".").reduce(Optional(root)) { found, part in
      if let array = found as? [Any], let index = Int(part) {
        return array.indices.contains(index) ? array[index] : nil
      }
      return (found as? [String: Any])?[String(part)]
    }
  }

  func string(_ path: String) -> String? { value(path) as? String }
  func int(_ path: String) -> Int? { (value(path) as? NSNumber)?.intValue }
  func count(_ path: String) -> Int? { (value(path) as? [Any])?.count }
  func strings(_ path: String) -> [String]? { value(path) as? [String] }
  func keys(_ path: String) -> Set<String>? {
    (value(path) as? [String: Any]).map { Set($0.keys) }
  }
}

/// Runs `body` against a fresh sandbox on a free port.
func withSandbox(
  _ configuration: SandboxConfiguration = SandboxConfiguration(),
  logger: Logger = Logger(label: "quiet", factory: { _ in SwiftLogNoOpLogHandler() }),
  _ body: (SandboxHarness) async throws -> Void
) async throws {
  let server = SandboxServer(configuration: configuration, logger: logger)
  let port = try await server.start()
  var options = HTTPClient.Configuration()
  options.redirectConfiguration = .disallow
  options.httpVersion = .http1Only
  let client = HTTPClient(
    eventLoopGroup: .singletonMultiThreadedEventLoopGroup, configuration: options)
  do {
    try await body(SandboxHarness(server: server, port: port, client: client))
  } catch {
    try await client.shutdown()
    try await server.stop()
    throw error
  }
  try await client.shutdown()
  try await server.stop()
}

/// Waits for something that happens on another task.
func eventually(_ condition: () async -> Bool) async {
  while await !condition() { await Task.yield() }
}

/// A clock that only the test moves.
final class TestClock: Sendable {
  private let instant: Mutex<Date>

  init(_ text: String) throws {
    instant = Mutex(try Date(text, strategy: .iso8601))
  }

  var now: Date { instant.withLock(\.self) }

  func advance(by seconds: TimeInterval) {
    instant.withLock { $0 += seconds }
  }
}

/// A TCP connection without any HTTP: what comes back is what the server wrote.
struct RawConnection {
  let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>

  /// Writes one request and reads until the server closes.
  static func exchange(port: Int, _ requests: String...) async throws -> String {
    let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      for request in requests { try await outbound.write(ByteBuffer(string: request)) }
      var received = ""
      for try await part in inbound { received += String(buffer: part) }
      return received
    }
  }

  /// A keep-alive request as a client would write it.
  static func request(_ path: String, _ body: String) -> String {
    "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n"
      + "X-Smtp2go-Api-Key: \(SandboxConfiguration.defaultKey)\r\n"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }
}

/// Bodies that the vendor accepts.
enum Sample {
  static let email = #"""
    {"sender":"Acme <billing@acme.example>","to":["Ann <ann@example.org>"],"subject":"Invoice 7",
     "text_body":"Please pay","html_body":"<p>Please pay</p>",
     "custom_headers":[{"header":"Reply-To","value":"ops@acme.example"},
                       {"header":"X-AIOM-Operation","value":"op-1"}]}
    """#

  /// The sample with members added or replaced; the later of two wins.
  static func email(_ members: String) -> String {
    email.trimmingCharacters(in: .whitespacesAndNewlines).dropLast() + "," + members + "}"
  }

  static func email(operation: String, to: String = "ann@example.org") -> String {
    email(
      #""to":["\#(to)"],"custom_headers":[{"header":"X-AIOM-Operation","value":"\#(operation)"}]"#)
  }

  static let sms = #"{"destination":["+12025550959"],"content":"Code 123456"}"#
}
