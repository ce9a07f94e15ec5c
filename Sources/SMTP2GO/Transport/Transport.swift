import AsyncHTTPClient
import Foundation
import Handover
import NIOCore
import NIOHTTP1
import NIOPosix

/// One HTTP client for one account, and the only place where requests leave.
final class Transport: Sendable {
  private static let answerLimit = 4 * 1024 * 1024
  private static let longestConnect = Duration.seconds(10)

  private let client: HTTPClient
  private let register = HandoverRegister()
  private let requests: [Endpoint: HTTPClient.Request]
  private let deadline: TimeAmount

  init(
    configuration: SMTP2GOClient.Configuration
  ) throws(SMTP2GOClient.ConfigurationIssue) {
    guard configuration.apiKey.isSendable else { throw .apiKeyInvalid }
    guard configuration.deadline > .zero else { throw .deadlineInvalid }
    guard configuration.maxConnections > 0 else { throw .maxConnectionsInvalid }
    try Self.check(baseURL: configuration.baseURL)
    requests = try Self.prepare(configuration)
    deadline = TimeAmount(configuration.deadline)
    client = HTTPClient(
      // One loop: with a connection and its request on two, AsyncHTTPClient 1.37 ends the process when
      // a server answers and closes before it has read the whole request (HTTP1Connections).
      eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton.next()),
      configuration: Self.httpConfiguration(configuration, register: register))
  }

  func shutdown() async throws {
    try await client.shutdown()
  }

  /// Posts a body and waits for the whole answer, at most until the deadline.
  func post(
    _ endpoint: Endpoint, body: RequestBody, leave: CallLeave? = nil
  ) async -> Exchange {
    guard var request = requests[endpoint] else { return .notHandedOver(.requestInvalid) }
    let token = register.open(
      leave.map { HandoverLeave(isAllowed: $0.isAllowed, left: $0.left) })
    request.headers.add(name: HandoverGate.header, value: String(token))
    request.body = body.http
    let accumulator = ResponseAccumulator(request: request, maxBodySize: Self.answerLimit)
    let task = client.execute(
      request: request, delegate: accumulator, deadline: .now() + deadline)
    do {
      let response = try await task.futureResult.get()
      _ = register.close(token)
      return .answered(Self.answer(response))
    } catch {
      let wasHandedOver = register.close(token)
      return wasHandedOver
        ? .lost(TransportFailure.unknownReason(error))
        : .notHandedOver(TransportFailure.notSentReason(error))
    }
  }

  private static func answer(_ response: HTTPClient.Response) -> Answer {
    Answer(
      status: Int(response.status.code), retryAfter: RetryDelay.read(response.headers),
      body: response.body ?? ByteBuffer())
  }

  private static func check(baseURL: String) throws(SMTP2GOClient.ConfigurationIssue) {
    guard let parts = URLComponents(string: baseURL), let scheme = parts.scheme?.lowercased(),
      let host = parts.host, !host.isEmpty, parts.query == nil, parts.fragment == nil,
      parts.user == nil, scheme == "https" || scheme == "http"
    else { throw .baseURLInvalid }
    if scheme == "http", !isLoopback(host) { throw .baseURLInsecure }
  }

  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "::1" || host == "[::1]" { return true }
    guard let address = try? SocketAddress(ipAddress: host, port: 0) else { return false }
    return address.protocol == .inet && host.hasPrefix("127.")
  }

  /// One request per endpoint, made once: taking a URL apart costs more than a whole encoding.
  private static func prepare(
    _ configuration: SMTP2GOClient.Configuration
  ) throws(SMTP2GOClient.ConfigurationIssue) -> [Endpoint: HTTPClient.Request] {
    var base = Substring(configuration.baseURL)
    while base.hasSuffix("/") { base.removeLast() }
    let headers: HTTPHeaders = [
      "X-Smtp2go-Api-Key": configuration.apiKey.unredacted(),
      "Content-Type": "application/json", "Accept": "application/json",
      "User-Agent": "aiom-smtp2go/1",
    ]
    var result: [Endpoint: HTTPClient.Request] = [:]
    for endpoint in Endpoint.allCases {
      guard let url = URL(string: base + endpoint.rawValue),
        let request = try? HTTPClient.Request(url: url, method: .POST, headers: headers)
      else { throw .baseURLInvalid }
      result[endpoint] = request
    }
    return result
  }

  private static func httpConfiguration(
    _ configuration: SMTP2GOClient.Configuration, register: HandoverRegister
  ) -> HTTPClient.Configuration {
    var result = HTTPClient.Configuration(redirectConfiguration: .disallow)
    result.httpVersion = .http1Only
    result.decompression = .disabled
    result.proxy = nil
    // Without one, a request would be described to a tracer that keeps nothing.
    result.tracing.tracer = nil
    result.timeout.connect = TimeAmount(min(configuration.deadline, longestConnect))
    result.connectionPool.idleTimeout = TimeAmount(configuration.idleLimit)
    result.connectionPool.retryConnectionEstablishment = false
    result.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit =
      configuration.maxConnections
    result.http1_1ConnectionDebugInitializer = { channel in
      HandoverGate.install(on: channel, register: register)
    }
    return result
  }
}

extension Transport: CustomReflectable {
  /// Without children: the prepared requests hold the key.
  var customMirror: Mirror { Mirror(self, children: []) }
}
