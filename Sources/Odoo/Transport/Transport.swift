import AsyncHTTPClient
import Foundation
import Handover
import NIOCore
import NIOHTTP1
import NIOPosix

/// One HTTP client for one server, and the only place where requests leave.
final class Transport: Sendable {
  private static let longestConnect = Duration.seconds(10)

  private let client: HTTPClient
  private let register = HandoverRegister()
  let base: String
  private let answerLimit: Int

  init(_ configuration: OdooClient.Configuration) throws(OdooClient.ConfigurationIssue) {
    guard configuration.answerLimit > 0 else { throw .answerLimitInvalid }
    guard (1...8).contains(configuration.maxConnections) else { throw .maxConnectionsInvalid }
    base = try BaseURL.checked(configuration.baseURL)
    answerLimit = configuration.answerLimit
    // One loop for requests and connections. With two, async-http-client 1.37 ends the process
    // ("A connection that we don't know was released") when a server answers and closes between the
    // last piece of a body and the end of the request.
    client = HTTPClient(
      eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton.next()),
      configuration: Self.httpConfiguration(configuration, register: register))
  }

  func shutdown() async throws {
    try await client.shutdown()
  }

  /// Sends a request and waits for the whole answer, at most until the deadline. A read ends when its
  /// task is cancelled, a write does not: nobody would know what became of it.
  func send(
    _ request: WireRequest, deadline: Duration, effect: CallEffect, leave: HandoverLeave? = nil
  ) async throws(Fault) -> Answer {
    let token = register.open(leave)
    guard var http = prepared(request) else {
      _ = register.close(token)
      throw Fault(.requestInvalid, detail: "url", nothingWasDone: true)
    }
    http.headers.add(name: HandoverGate.header, value: String(token))
    let task = client.execute(
      request: http,
      delegate: ResponseAccumulator(
        request: http, maxBodySize: request.answerLimit ?? answerLimit),
      deadline: .now() + TimeAmount(deadline))
    do {
      let response = try await Self.result(of: task, effect)
      _ = register.close(token)
      return Answer(
        status: Int(response.status.code), retryAfter: Self.delay(response.headers),
        mediaType: response.headers.first(name: "content-type")?.lowercased()
          .split(separator: ";").first.map { String($0).trimmingCharacters(in: .whitespaces) },
        body: response.body ?? ByteBuffer())
    } catch {
      throw TransportFailure.fault(error, wasHandedOver: register.close(token))
    }
  }

  private static func result(
    of task: HTTPClient.Task<HTTPClient.Response>, _ effect: CallEffect
  ) async throws -> HTTPClient.Response {
    guard effect == .read else { return try await task.futureResult.get() }
    return try await withTaskCancellationHandler {
      try await task.futureResult.get()
    } onCancel: {
      task.cancel()
    }
  }

  private func prepared(_ request: WireRequest) -> HTTPClient.Request? {
    guard let url = URL(string: base + request.path) else { return nil }
    var headers = HTTPHeaders(request.headers)
    headers.add(name: "Accept", value: request.accepts)
    headers.add(name: "User-Agent", value: "aiom-odoo/1")
    if request.body != nil { headers.add(name: "Content-Type", value: "application/json") }
    return try? HTTPClient.Request(
      url: url, method: HTTPMethod(rawValue: request.method), headers: headers,
      body: request.body.map { .byteBuffer($0) })
  }

  /// `Retry-After` in seconds, at most a day.
  private static func delay(_ headers: HTTPHeaders) -> Duration? {
    guard let text = headers.first(name: "retry-after"), let seconds = Int(text), seconds >= 0
    else { return nil }
    return .seconds(min(seconds, 86_400))
  }

  private static func httpConfiguration(
    _ configuration: OdooClient.Configuration, register: HandoverRegister
  ) -> HTTPClient.Configuration {
    var result = HTTPClient.Configuration(redirectConfiguration: .disallow)
    result.httpVersion = .http1Only
    result.decompression = .disabled
    result.proxy = nil
    result.timeout.connect = TimeAmount(longestConnect)
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
