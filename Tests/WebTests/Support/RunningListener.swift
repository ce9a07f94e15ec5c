import Engine
import Logging
import ServiceLifecycle
import Testing

@testable import Web

/// A listener on a free port of this machine, for as long as a test needs it.
enum RunningListener {
  struct Place: Sendable {
    let port: Int
    let group: ServiceGroup

    func connect() throws -> RawConnection { try RawConnection(port: port) }

    /// One request on a connection of its own.
    func ask(
      _ line: String, _ fields: [String] = [], body: String? = nil
    ) async throws -> RawAnswer {
      let connection = try connect()
      connection.send(Self.request(line, fields, body: body))
      return await connection.readAnswer()
    }

    static func request(_ line: String, _ fields: [String] = [], body: String? = nil) -> String {
      var all = ["\(line) HTTP/1.1", "Host: localhost"] + fields
      if let body { all.append("Content-Length: \(body.utf8.count)") }
      return all.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
    }
  }

  static func run(
    _ role: ListenerRole = .public, _ ports: RecordingPorts = RecordingPorts(),
    limits: WebLimits = WebLimits(), proxies: TrustedProxies = .none,
    certificate: ServerCertificate? = nil, logger: Logger = LogSpy().logger,
    _ body: (Place) async throws -> Void
  ) async throws {
    try await run(
      role, reading: ports.reading, writing: ports.writing, limits: limits, proxies: proxies,
      certificate: certificate, logger: logger, body)
  }

  static func run(
    _ role: ListenerRole, reading: ReadPorts, writing: WritePorts,
    limits: WebLimits = WebLimits(), proxies: TrustedProxies = .none,
    certificate: ServerCertificate? = nil, logger: Logger,
    _ body: (Place) async throws -> Void
  ) async throws {
    let address = try #require(ListenAddress("127.0.0.1:0"))
    let listener = WebListener(
      role, try Exposure(role, at: address, certificate: certificate, proxies: proxies),
      limits: limits, reading: reading, writing: writing, logger: logger)
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [
          .init(service: listener, successTerminationBehavior: .gracefullyShutdownGroup)
        ], logger: LogSpy().logger))
    let running = Task { try await group.run() }
    do {
      let place = Place(port: try await listener.listening().port, group: group)
      try await body(place)
    } catch {
      await group.triggerGracefulShutdown()
      _ = await running.result
      throw error
    }
    await group.triggerGracefulShutdown()
    try await running.value
  }
}
