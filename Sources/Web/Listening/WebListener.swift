import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// One listener: accepts connections and answers requests until it is asked to stop.
///
/// Asked to stop, it takes no new connection, lets the requests under way be answered and closes
/// the rest.
public final class WebListener: Service {
  private let role: ListenerRole
  private let exposure: Exposure
  private let limits: WebLimits
  private let routes: LiveRoutes
  private let door: RouteDoor
  private let live: LiveFeed?
  private let logger: Logger
  private let bound = BoundAddress()

  public init(
    _ role: ListenerRole, _ exposure: Exposure, limits: WebLimits = WebLimits(),
    reading: ReadPorts, writing: WritePorts, logger: Logger
  ) {
    self.role = role
    self.exposure = exposure
    self.limits = limits
    routes = LiveRoutes(role, reading, writing)
    live = role == .private ? reading.live : nil
    door = RouteDoor(context: writing.access)
    self.logger = logger
  }

  /// Waits until connections are accepted.
  /// - Returns: the address with the port that was taken.
  /// - Throws: why it does not come to that: what ``run()`` throws, or `CancellationError`.
  public func listening() async throws -> ListenAddress {
    try await bound.value()
  }

  /// `http://127.0.0.1:8080`, once it listens.
  public func url(_ address: ListenAddress) -> String { "\(exposure.scheme)://\(address)" }

  /// - Throws: ``ListenFault`` when the address cannot be taken.
  public func run() async throws {
    do {
      try await withGracefulShutdownHandler {
        try await serve()
      } onGracefulShutdown: {
        self.live?.close()
      }
      bound.fail(CancellationError())
    } catch {
      let fault = BindFault.explained(error, role, exposure.address)
      bound.fail(fault)
      throw fault
    }
  }

  /// Open pages are told as long as the application runs.
  private func serve() async throws {
    let application = try application()
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      if let live { tasks.addTask { await live.run() } }
      defer { tasks.cancelAll() }
      try await application.run()
    }
  }

  private func application() throws -> some ApplicationProtocol {
    let address = exposure.address
    return Application(
      responder: WebResponder(
        routes: routes, exposure: exposure, door: door,
        journal: RequestJournal(logger: logger, listener: role), feed: live),
      server: try server(),
      configuration: ApplicationConfiguration(
        address: .hostname(address.host, port: address.port),
        availableConnectionsDelegate: .maximum(limits.connections, logger: quiet)),
      onServerRunning: { channel in
        self.bound.succeed(address.bound(to: channel.localAddress?.port ?? address.port))
      },
      logger: quiet)
  }

  private func server() throws -> HTTPServerBuilder {
    let limits = limits
    let plain = HTTPServerBuilder.http1(
      configuration: .init(
        additionalChannelHandlers: [GuardInstaller(limits)],
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: limits.fieldBytes, maxHeaderListSize: limits.headBytes,
          maxHeaderFieldCount: limits.fields)))
    guard let certificate = exposure.certificate else { return plain }
    return try .tls(plain, tlsConfiguration: certificate.configuration)
  }

  /// The server's own lines could quote what a client sent; ours say what matters.
  private var quiet: Logger {
    var quiet = logger
    quiet.logLevel = max(quiet.logLevel, .error)
    return quiet
  }
}

/// A value that is there once, for any number of people who wait for it.
private final class BoundAddress: Sendable {
  private struct State {
    var result: Result<ListenAddress, any Error>?
    var waiting: [CheckedContinuation<ListenAddress, any Error>] = []
  }

  private let state = Mutex(State())

  func value() async throws -> ListenAddress {
    try await withCheckedThrowingContinuation { continuation in
      let result = state.withLock { state in
        if state.result == nil { state.waiting.append(continuation) }
        return state.result
      }
      if let result { continuation.resume(with: result) }
    }
  }

  func succeed(_ address: ListenAddress) { settle(.success(address)) }

  func fail(_ error: any Error) { settle(.failure(error)) }

  private func settle(_ result: Result<ListenAddress, any Error>) {
    let waiting = state.withLock { state in
      guard state.result == nil else { return [CheckedContinuation<ListenAddress, any Error>]() }
      state.result = result
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume(with: result) }
  }
}
